import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import { expectAccessible } from '#e2e/support/accessible.ts'
import { expect, test } from '#e2e/support/test.ts'

const chart = (page: Page) => page.getByRole('application', { name: /^Price chart/ })

/** Opens a pair's page and waits until its price, its line and its statistics are there. */
async function open(page: Page, path = '/rates'): Promise<void> {
  await page.goto(path)
  await expect(chart(page)).toBeVisible()
  await expect(page.getByText(/Seen (less than a minute|\d+ minutes?) ago/).first()).toBeVisible()
  await expect(page.getByRole('region', { name: 'Statistics' }).getByText('%').first()).toBeAttached()
}

/** How many points of the chart's canvases are drawn on. */
function drawn(page: Page): Promise<number> {
  return page.evaluate(() => {
    const canvases = [...document.querySelectorAll<HTMLCanvasElement>('[role=application] canvas')]
    return canvases.reduce((sum, canvas) => {
      const copy = document.createElement('canvas')
      copy.width = canvas.width
      copy.height = canvas.height
      const context = copy.getContext('2d', { willReadFrequently: true })
      context?.drawImage(canvas, 0, 0)
      const pixels = context?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
      let inked = 0
      for (let alpha = 3; alpha < pixels.length; alpha += 4) if ((pixels[alpha] ?? 0) > 0) inked += 1
      return sum + inked
    }, 0)
  })
}

test('a pair is shown: its price with its age, a chart that is drawn, and the statistics the API gives', async ({
  page,
}) => {
  await open(page, '/rates/BTC/USD')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Bitcoin')
  await expect.poll(() => drawn(page)).toBeGreaterThan(5_000)

  const stats = await (await page.request.get('/api/v1/rates/stats?base=BTC&quote=USD&period=30d')).json()
  const month = page.getByRole('row', { name: /^30 days/ }).first()
  const dollars = (text: string) => new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' }).format(+text)
  await expect(month).toContainText(dollars(stats.high))
  await expect(month).toContainText(dollars(stats.low))
  await expect(month).toContainText(dollars(stats.stddev))
})

test('every pair has an address, and going back goes back', async ({ page }) => {
  await open(page)
  await page.getByRole('navigation', { name: 'Asset' }).getByRole('link', { name: /^ETH/ }).click()
  await expect(page).toHaveURL(/\/rates\/ETH\/USD$/)
  await page.getByRole('navigation', { name: 'Currency' }).getByRole('link', { name: 'INR' }).click()
  await expect(page).toHaveURL(/\/rates\/ETH\/INR$/)
  await expect(page.locator('data[value$=" INR"]').first()).toContainText('₹')
  await expect(page).toHaveTitle('Ether in INR · Causeway')
  await page.goBack()
  await expect(page.locator('data[value$=" USD"]').first()).toContainText('$')
  await page.goto('/rates/BDX/EUR')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Beldex')
  await expect(page.locator('data[value$=" EUR"]').first()).toContainText('€')
})

test('the keyboard reaches the chart, walks along it and says where it is', async ({ page }) => {
  await open(page)
  for (let press = 0; press < 40; press += 1) {
    if (await chart(page).evaluate((element) => element === document.activeElement)) break
    await page.keyboard.press('Tab')
  }
  await expect(chart(page)).toBeFocused()
  const said = chart(page).locator('xpath=following-sibling::*[@aria-live="polite"]')
  await page.keyboard.press('ArrowLeft')
  await expect(said).toContainText(/^\w+ \d+, .+: \$[\d,]+\.\d\d$/)
  const newest = await said.textContent()
  await page.keyboard.press('Shift+ArrowLeft')
  await expect(said).not.toHaveText(newest ?? '')
  await page.keyboard.press('Home')
  await expect(said).toContainText('$')
  const first = await said.textContent()
  await page.keyboard.press('ArrowLeft')
  await expect(said).toHaveText(first ?? '')
  const before = await drawn(page)
  await page.keyboard.press('+')
  await page.keyboard.press('+')
  await expect.poll(() => drawn(page)).not.toBe(before)
  await page.keyboard.press('End')
  await expect(said).not.toHaveText(first ?? '')
  await page.keyboard.press('Escape')
  await expect(said).toBeEmpty()
  await page.keyboard.press('Tab')
  await expect(chart(page)).not.toBeFocused()
})

test('each range is drawn, and a table says the same', async ({ page }) => {
  await open(page, '/rates/USDC/EUR')
  for (const [label, rows] of [
    ['24\u00a0h', 20],
    ['7\u00a0d', 24],
    ['30\u00a0d', 28],
    ['1\u00a0y', 45],
  ] as const) {
    await page.getByText(label, { exact: true }).click()
    await expect.poll(() => drawn(page)).toBeGreaterThan(2_000)
    const table = page.getByRole('group').filter({ hasText: 'The same as a table' })
    if (label === '24\u00a0h') await page.getByText('The same as a table').click()
    await expect.poll(() => table.getByRole('row').count()).toBeGreaterThan(rows)
  }
})

test('the calculator goes both ways, with the markup, and never costs more than was typed', async ({ page }) => {
  await open(page, '/rates/USDC/INR')
  const calculator = page.getByRole('region', { name: 'Calculator' })
  await expect(calculator.getByText('₹0.10', { exact: true })).toBeVisible()
  await calculator.getByLabel('USDC').fill('12.5')
  const quote = await (await page.request.get('/api/v1/rates/quote?base=USDC&quote=INR&amount=12.5')).json()
  await expect(calculator.getByLabel('INR')).toHaveValue(quote.total)

  await calculator.getByLabel('INR').fill('1000')
  await expect(calculator.getByLabel('USDC')).toHaveValue(/^\d+\.\d{1,8}$/)
  await expect(calculator.getByText(/^₹(999\.\d\d|1,000\.00)$/)).toBeVisible()

  await calculator.getByLabel('INR').fill('1.005')
  await expect(calculator.getByText('Use at most 2 decimals.')).toBeVisible()
})

test.describe('a feed that stands still', () => {
  test.use({ expectedConsole: /ERR_FAILED|status of 503/ })

  test('makes the price’s age grow and be called stale, and its return is shown by itself', async ({ page }) => {
    await page.clock.install()
    await open(page)
    await page.route('**/api/v1/rates/**', (route) => route.abort())
    await page.clock.fastForward(20 * 60_000)
    await expect(page.getByText(/^Stale: seen (2\d|3\d) minutes ago/).first()).toBeVisible()
    await expect(page.getByText('The price is not being updated just now.')).toBeVisible()
    await page.unroute('**/api/v1/rates/**')
    await page.clock.fastForward(2 * 60_000)
    // The computer's clock is now twenty minutes ahead of the server's, and the age is still the true one.
    await expect(page.getByText(/^Seen (less than a minute|\d|1[0-4]) ?(minutes?)? ?ago/).first()).toBeVisible()
    await expect(page.getByText('The price is not being updated just now.')).toBeHidden()
  })
})

test('the page keeps still while it fills', async ({ page }) => {
  await page.addInitScript(() => {
    Object.assign(window, { shifted: 0 })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[]) {
        Object.assign(window, { shifted: (window as unknown as { shifted: number }).shifted + entry.value })
      }
    }).observe({ type: 'layout-shift', buffered: true })
  })
  for (const viewport of [
    { width: 390, height: 844 },
    { width: 1440, height: 900 },
  ]) {
    await page.setViewportSize(viewport)
    await open(page)
    await expect.poll(() => drawn(page)).toBeGreaterThan(2_000)
    expect(await page.evaluate(() => (window as unknown as { shifted: number }).shifted)).toBeLessThan(0.05)
  }
})

test('the rates are accessible on a phone and on a desk, light and dark', async ({ page }) => {
  await open(page)
  await page.getByText('The same as a table').click()
  for (const { colorScheme, viewport } of [
    { colorScheme: 'light', viewport: { width: 390, height: 844 } },
    { colorScheme: 'dark', viewport: { width: 1440, height: 900 } },
  ] as const) {
    await page.setViewportSize(viewport)
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(beyond).toBeLessThanOrEqual(0)
    await expectAccessible(page)
  }
})

test('home shows a price with its age and its day, and leads to the rest', async ({ page }) => {
  await page.goto('/')
  await expect(page.getByRole('img', { name: /^The last 24 hours: between/ })).toBeVisible()
  await expect(page.getByText(/^Seen (less than a minute|\d+ minutes?) ago/)).toBeVisible()
  await page.getByText('BDX', { exact: true }).click()
  await expect(page.locator('data[value$=" USD"]').filter({ hasText: /^\$0\.0\d{3}/ })).toBeVisible()
  await page.getByRole('link', { name: 'All rates' }).click()
  await expect(page).toHaveURL(/\/rates\/BDX\/USD$/)
})

test('the chart stands in anybody’s page, and knows nobody', async ({ page, context }) => {
  const framed = await page.request.get('/embed/rates/BTC/EUR')
  expect(framed.headers()['content-security-policy']).toContain('frame-ancestors *')
  expect(framed.headers()['x-frame-options']).toBeUndefined()
  expect(framed.headers()['set-cookie']).toBeUndefined()
  for (const path of ['/', '/rates', '/buy', '/sign-in']) {
    const { 'content-security-policy': policy, 'x-frame-options': old } = (await page.request.get(path)).headers()
    expect(policy, path).toContain("frame-ancestors 'none'")
    expect(old, path).toBe('DENY')
  }

  // Another site: a frame of localhost in a page of 127.0.0.1 is a foreign one.
  const source = `${new URL(framed.url()).origin}/embed/rates/BTC/EUR?range=30d&theme=dark`
  const elsewhere = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html')
    response.end(`<!doctype html><title>Elsewhere</title><link rel="icon" href="data:,">
      <iframe title="Rate" width="700" height="420" src="${source}"></iframe>`)
  })
  await new Promise<void>((listening) => elsewhere.listen(0, '127.0.0.1', listening))
  await page.goto(`http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`)
  const frame = page.frameLocator('iframe')
  await expect(frame.getByRole('application')).toHaveAccessibleName('Price chart, 30 days')
  await expect(frame.locator('data[value$=" EUR"]')).toContainText('€')
  await expect(frame.locator('html')).toHaveAttribute('data-theme', 'dark')
  expect(await context.cookies()).toEqual([])
  await new Promise((closed) => elsewhere.close(closed))
})

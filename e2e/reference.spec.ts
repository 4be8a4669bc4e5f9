import type { Locator, Page } from '@playwright/test'
import { expectAccessible } from '#e2e/support/accessible.ts'
import { stripeSessionId } from '#e2e/support/api.ts'
import { payByMachine } from '#e2e/support/stripe.ts'
import { expect, test } from '#e2e/support/test.ts'
import type { World } from '#e2e/support/world.ts'

const operation = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true })

const contents = (page: Page): Locator => page.getByRole('navigation', { name: 'Contents' })

/** Opens a page of the reference and waits until it is alive: its calls then go to this very site. */
async function open(page: Page, world: World, place: string): Promise<void> {
  await page.goto(`/docs/api/${place}`)
  await expect(page.getByText(world.app).first()).toBeVisible()
}

/** Goes to another page of the reference as a reader does, who keeps what earlier calls have told. */
async function goTo(page: Page, group: string): Promise<void> {
  await contents(page).getByRole('link', { name: group, exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: group })).toBeVisible()
}

/** Runs an operation as a reader does, and gives what came back. */
async function run(page: Page, name: string): Promise<{ status: string; body: Record<string, unknown> }> {
  const section = operation(page, name)
  const button = section.getByRole('button', { name: `Run: ${name}` })
  await button.click()
  await expect(button).not.toHaveAttribute('aria-busy')
  const text = await section.getByRole('region', { name: `The answer of ${name}` }).textContent()
  return { status: (await section.getByRole('status').textContent()) ?? '', body: JSON.parse(text ?? '') }
}

test('a purchase is made, followed and proved in the reference, each step filling in the next', async ({
  page,
  world,
  db,
}) => {
  await open(page, world, 'buying')
  expect((await run(page, 'See what is on sale')).body).toHaveProperty('pairs')
  expect((await run(page, 'Ask for a price')).body).toMatchObject({ network: 'mezo-testnet', sourceAmount: '25.00' })
  await expect(page.getByRole('button', { name: 'Run: Follow a purchase' })).toBeDisabled()

  const first = await run(page, 'Begin a purchase')
  expect(first.status).toContain('201')
  const again = await run(page, 'Begin a purchase')
  expect(again.body.id).toBe(first.body.id)
  const begin = operation(page, 'Begin a purchase')
  await begin.getByText(/^Headers \(/).click()
  await expect(begin.locator('dl').getByText('idempotent-replayed')).toBeVisible()
  const checkout = begin.getByRole('link', { name: String(first.body.checkoutUrl) })
  await expect(checkout).toHaveAttribute('href', String(first.body.checkoutUrl))
  await begin.getByRole('button', { name: 'Change it' }).click()
  await begin.getByRole('button', { name: 'Make a new key' }).click()
  expect((await run(page, 'Begin a purchase')).body.id).not.toBe(first.body.id)

  const { body: waiting } = await run(page, 'Follow a purchase')
  expect(waiting.status).toBe('awaiting_payment')
  await goTo(page, 'Receipts')
  await expect(page.getByRole('button', { name: 'Run: Read a receipt and check it on chain' })).toBeDisabled()
  await goTo(page, 'Buying')
  await payByMachine(world, await stripeSessionId(db, String(waiting.id)))
  await expect
    .poll(async () => (await run(page, 'Follow a purchase')).body.status, { timeout: 40_000 })
    .toBe('delivered')
  await goTo(page, 'Receipts')
  expect((await run(page, 'Read a receipt and check it on chain')).body).toMatchObject({
    sessionId: waiting.id,
    verification: { verified: true },
  })
  await goTo(page, 'Service')
  // A price that another test has had held is no reason to be down.
  expect((await run(page, 'See whether it is up')).body.status).toMatch(/^(ok|degraded)$/)
})

test.describe('what is refused', () => {
  test.use({ expectedConsole: /status of (401|422)/ })

  test('is shown as it came, and its code is among the documented ones', async ({ page, world }) => {
    await open(page, world, 'buying')
    const price = operation(page, 'Ask for a price')
    await price.getByRole('button', { name: 'Change it' }).click()
    await price.getByLabel('sourceAmount').fill('0')
    const { status, body } = await run(page, 'Ask for a price')
    expect(status).toContain('422')
    expect(body).toMatchObject({ code: 'amount_out_of_range' })
    await price.getByLabel('Answers of Ask for a price').selectOption('422 amount_out_of_range')
    await expect(price.getByRole('region', { name: /^The answer/ })).toContainText('"code": "amount_out_of_range"')
    expect((await run(page, 'List your purchases')).body).toMatchObject({ code: 'sign_in_required' })
  })
})

test('the code that is shown runs as it is, against this site', async ({ page, world }) => {
  await open(page, world, 'buying')
  const price = operation(page, 'Ask for a price')
  const code = price.getByRole('region', { name: 'The call: Ask for a price' })
  await expect(code).toContainText(`'${world.app}/api/v1/onramp/quotes'`)
  await expect(code).toContainText("-d 'network=mezo-testnet'")
  await price.getByRole('button', { name: 'TypeScript' }).click()
  const said: unknown[][] = []
  const sample = new (Object.getPrototypeOf(async () => {}).constructor)('console', await code.textContent())
  await sample({ log: (...words: unknown[]) => said.push(words) })
  expect(said).toEqual([[200, expect.objectContaining({ asset: 'MUSD', network: 'mezo-testnet' })]])
  // The choice of a language holds for all pages.
  await goTo(page, 'Service')
  await expect(page.getByRole('region', { name: 'The call: See whether it is up' })).toContainText('await fetch(')
})

test('everything is found by the keyboard, and has a link of its own', async ({ page, world }) => {
  await open(page, world, 'receipts#get-receipt')
  await expect(page.getByRole('heading', { name: 'Read a receipt and check it on chain' })).toBeInViewport()
  await expect(contents(page).locator('[aria-current=location]')).toHaveText(/Read a receipt/)
  await page.keyboard.press('/')
  await page.keyboard.type('quote_mismatch')
  await expect(contents(page).getByRole('listitem')).toHaveText([/Begin a purchase/])
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Begin a purchase' })).toBeInViewport()
  expect(new URL(page.url())).toMatchObject({ pathname: '/docs/api/buying', hash: '#create-onramp-session' })
})

for (const [place, colorScheme, width, height] of [
  ['a phone', 'light', 390, 844],
  ['a desk', 'dark', 1440, 900],
] as const) {
  test(`it is accessible, opened and answered, on ${place}`, async ({ page, world }) => {
    await page.setViewportSize({ width, height })
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.goto('/docs/api')
    await expect(page.getByText(world.app, { exact: true })).toBeVisible()
    await expectAccessible(page)
    await open(page, world, 'buying')
    await run(page, 'Ask for a price')
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
    const begin = operation(page, 'Begin a purchase')
    await begin.getByRole('button', { name: 'Change it' }).click()
    await begin.locator('summary').first().click()
    if (width === 390) await page.locator('button[aria-controls=contents]').click()
    await expectAccessible(page)
  })
}

import { expect, test } from '#e2e/support/test.ts'

test('the buy page loads what its HTML names and no more; wallet code comes when a wallet is wanted', async ({
  page,
}) => {
  const scripts = new Set<string>()
  page.on('request', (request) => {
    if (request.resourceType() === 'script') scripts.add(new URL(request.url()).pathname)
  })
  const answer = await page.goto('/buy')
  const html = (await answer?.text()) ?? ''
  await expect(page.getByText(/every fee included/)).toBeVisible()
  await page.getByLabel('Buy for').fill('25')
  await page.getByRole('button', { name: 'Choose a wallet' }).click()
  await expect(page.getByRole('heading', { name: 'Where should it go?' })).toBeVisible()
  // The size check (scripts/size.ts) weighs the scripts that the HTML names, so nothing may come beside them.
  expect([...scripts].filter((path) => !html.includes(path))).toEqual([])

  const before = scripts.size
  await page.getByRole('button', { name: 'Connect a wallet' }).click()
  await expect(page.getByRole('dialog').getByRole('button', { name: /WalletConnect/ })).toBeVisible()
  expect(scripts.size).toBeGreaterThan(before)
})

test('pages that are the same for everyone are static', async ({ page }) => {
  for (const path of ['/', '/buy', '/rates', '/rates/ETH/EUR', '/embed/rates/BTC/USD']) {
    const answer = await page.request.get(path)
    expect(answer.headers()['x-nextjs-cache'] ?? answer.headers()['x-nextjs-prerender'], path).toBeTruthy()
  }
})

test('the public reads may be kept by a CDN, and nobody’s own data may', async ({ page, world }) => {
  const options = await page.request.get('/api/v1/onramp/options')
  expect(options.headers()['cache-control']).toMatch(/public|s-maxage/)
  const absent = await fetch(`${world.app}/api/v1/onramp/sessions/${crypto.randomUUID()}`)
  expect(absent.headers.get('cache-control')).toBe('no-store')
})

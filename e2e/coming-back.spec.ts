import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { createSession, stripeSessionId, waitForStatus } from '#e2e/support/api.ts'
import { chooseAmount, openCheckout, pasteAddress } from '#e2e/support/buy.ts'
import { payByMachine } from '#e2e/support/stripe.ts'
import { expect, test } from '#e2e/support/test.ts'

const newAddress = () => privateKeyToAccount(generatePrivateKey()).address

test('a tab closed before paying is found again under Activity', async ({ page, context, world, db }) => {
  await chooseAmount(page, { asset: 'MUSD', amount: '15' })
  await pasteAddress(page, newAddress())
  const session = await openCheckout(page)
  await page.close()

  const later = await context.newPage()
  await later.goto('/activity')
  await later.getByRole('listitem').filter({ hasText: 'MUSD' }).getByRole('link').first().click()
  await expect(later.getByRole('link', { name: /Continue to payment/ })).toBeVisible()
  await payByMachine(world, await stripeSessionId(db, session.id))
  await expect(later.getByRole('heading', { level: 1 })).toContainText('MUSD are in your wallet')
})

test('a tab closed while the money moves loses nothing', async ({ page, context, world, db }) => {
  const session = await createSession(world, { walletAddress: newAddress(), asset: 'USDC' })
  await page.goto(`/pay/${session.id}#${session.secret}`)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Nothing has been charged yet')
  await payByMachine(world, await stripeSessionId(db, session.id))
  await expect(page.getByRole('heading', { level: 1 })).not.toContainText('Nothing has been charged yet')
  await page.close()
  await waitForStatus(world, session, 'delivered')

  const later = await context.newPage()
  // Without the secret in the address: this browser has kept it.
  await later.goto(`/pay/${session.id}`)
  await expect(later.getByRole('heading', { level: 1 })).toContainText('USDC are in your wallet')
})

test('the link shows the payment on another device, and nothing without its secret', async ({ browser, world }) => {
  const session = await createSession(world)
  const device = await browser.newContext({ baseURL: world.app })
  const page = await device.newPage()
  await page.goto(session.statusUrl)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Nothing has been charged yet')

  const stranger = await browser.newContext({ baseURL: world.app })
  const other = await stranger.newPage()
  for (const address of [`/pay/${session.id}`, `/pay/${session.id}#${'x'.repeat(43)}`, `/pay/${crypto.randomUUID()}`]) {
    await other.goto('/buy')
    await other.goto(address)
    await expect(other.getByRole('heading', { level: 1 })).not.toContainText('charged')
    await expect(other.getByRole('link', { name: /Continue to payment/ })).toHaveCount(0)
  }
  await device.close()
  await stranger.close()
})

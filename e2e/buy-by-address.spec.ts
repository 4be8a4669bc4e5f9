import { parseUnits } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { readSession } from '#e2e/support/api.ts'
import { chooseAmount, openCheckout, pasteAddress, payByCard } from '#e2e/support/buy.ts'
import { tokenBalance } from '#e2e/support/chain.ts'
import { expect, test } from '#e2e/support/test.ts'

const newAddress = () => privateKeyToAccount(generatePrivateKey()).address

test('a person buys USDC to an address they paste', async ({ page, world }) => {
  const address = newAddress()
  await chooseAmount(page, { asset: 'USDC', amount: '40' })
  await pasteAddress(page, address)
  await expect(page.getByText(/Stripe sends USDC straight to your wallet/)).toBeVisible()
  const made = await openCheckout(page)
  await payByCard(page)

  await expect(page.getByRole('heading', { level: 1 })).toContainText(/USDC are in your wallet on Mezo/)
  const session = await readSession(world, made)
  expect(session.transfers).toMatchObject([{ kind: 'stripe_payout', status: 'confirmed' }])
  const arrived = await tokenBalance(world, 'USDC', address)
  expect(arrived).toBe(parseUnits(session.deliveredAmount ?? '0', 6))
  expect(arrived).toBeGreaterThan(0n)
})

const wrong: [string, string][] = [
  ['too short', '0x1234'],
  ['the zero address', `0x${'0'.repeat(40)}`],
  ['a wrong checksum', '0x90f79bf6EB2c4f870365E785982E1f101E93b906'],
  ['a token contract', '0x118917a40FAF1CD7a13dB0Ef56C86De7973Ac503'],
]

test('an address nobody can be paid at is refused where it is typed', async ({ page }) => {
  await chooseAmount(page, { asset: 'USDC', amount: '10' })
  const field = page.getByRole('textbox', { name: /Your address on/ })
  for (const [what, address] of wrong) {
    await test.step(what, async () => {
      await field.fill(address)
      await page.getByRole('button', { name: 'Review' }).click()
      await expect(field).toHaveAttribute('aria-invalid', 'true')
      await expect(page.getByRole('heading', { name: 'Where should it go?' })).toBeVisible()
    })
  }
})

test('an amount nobody can pay is refused where it is typed', async ({ page }) => {
  await page.goto('/buy')
  const field = page.getByLabel('Buy for')
  for (const amount of ['0', '-5', '1e3', '25.001', '0.99', '10000.01', 'lots']) {
    await test.step(amount, async () => {
      await field.fill(amount)
      await page.getByRole('button', { name: 'Choose a wallet' }).click()
      await expect(field).toHaveAttribute('aria-invalid', 'true')
      await expect(page.getByRole('heading', { name: /^Buy/, level: 2 })).toBeVisible()
    })
  }
})

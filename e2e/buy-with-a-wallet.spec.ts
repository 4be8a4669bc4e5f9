import { parseUnits } from 'viem'
import { readSession } from '#e2e/support/api.ts'
import { chooseAmount, connectWallet, openCheckout, payByCard } from '#e2e/support/buy.ts'
import { tokenBalance } from '#e2e/support/chain.ts'
import { expect, test } from '#e2e/support/test.ts'

test('a person buys MUSD into the wallet of their browser', async ({ page, wallet, world }) => {
  expect(await tokenBalance(world, 'MUSD', wallet.address)).toBe(0n)

  await chooseAmount(page, { asset: 'MUSD', amount: '25' })
  await connectWallet(page, wallet)
  expect(wallet.chainId()).toBe(world.chainId)
  expect(wallet.asked).toContain('wallet_addEthereumChain')
  await expect(page.getByText(/Stripe delivers USDC to Causeway’s treasury/)).toBeVisible()

  const made = await openCheckout(page)
  await page.goBack()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Nothing has been charged yet')
  await page.getByRole('link', { name: /Continue to payment/ }).click()
  await payByCard(page)
  await page.waitForURL(/\/pay\//)

  await expect(page.getByRole('heading', { level: 1 })).toContainText(/MUSD are in your wallet on Mezo/)
  const session = await readSession(world, made)
  expect(session.status).toBe('delivered')
  const delivered = parseUnits(session.deliveredAmount ?? '0', 18)
  expect(delivered).toBe(parseUnits(session.quote.destinationAmount, 18))
  expect(await tokenBalance(world, 'MUSD', wallet.address)).toBe(delivered)
  expect(session.events.map(({ to }) => to)).toEqual([
    'created',
    'awaiting_payment',
    'processing',
    'funded',
    'delivering',
    'delivered',
  ])

  await page.getByRole('link', { name: 'View receipt' }).click()
  await page.waitForURL(/\/receipts\//)
  await expect(page.getByText(/^Verified/)).toBeVisible()
})

test('a wallet that declines is told so, and may be asked again', async ({ page, wallet }) => {
  await chooseAmount(page, { asset: 'MUSD', amount: '10' })
  wallet.declineNext('eth_requestAccounts')
  await page.getByRole('button', { name: 'Connect a wallet' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: wallet.name }).click()
  await expect(dialog.getByRole('alert').or(dialog.getByRole('status'))).toBeVisible()

  await dialog.getByRole('button', { name: wallet.name }).click()
  wallet.declineNext('wallet_switchEthereumChain')
  await dialog.getByRole('button', { name: /^Switch to/ }).click()
  await expect(dialog.getByText(/continue as it is/)).toBeVisible()
  await dialog.getByRole('button', { name: 'Continue without switching' }).click()
  await expect(page.getByRole('textbox', { name: /Your address on/ })).toHaveValue(wallet.address)
})

import type { Page } from '@playwright/test'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { chooseAmount, openCheckout, payByCard } from '#e2e/support/buy.ts'
import { tokenBalance } from '#e2e/support/chain.ts'
import { expect, test } from '#e2e/support/test.ts'
import type { World } from '#e2e/support/world.ts'
import { pairWallet } from '#sandbox/walletconnect/wallet.ts'

/** The pairing address that the window shows as a code, which a phone would read with its camera. */
async function shownUri(page: Page): Promise<string> {
  const code = page.locator('wcm-qrcode')
  await expect(code).toBeVisible()
  const uri = await code.evaluate((element) => ('uri' in element ? String(element.uri) : ''))
  expect(uri).toMatch(/^wc:[0-9a-f]{64}@2\?/)
  return uri
}

/** A phone's wallet with a key of its own reads the code. */
async function pairPhone(world: World, uri: string) {
  const privateKey = generatePrivateKey()
  const { address } = privateKeyToAccount(privateKey)
  const wallet = await pairWallet({ relayUrl: world.relay.url, uri, privateKey, chainId: world.chainId })
  return { address, stop: wallet.stop }
}

test('a wallet on a phone is connected by its code, and gets what is bought', async ({ page, world }) => {
  await chooseAmount(page, { asset: 'USDC', amount: '12' })
  await page.getByRole('button', { name: 'Connect a wallet' }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /WalletConnect/ })
    .click()
  const phone = await pairPhone(world, await shownUri(page))
  await expect(page.getByRole('textbox', { name: /Your address on/ })).toHaveValue(phone.address)
  await page.getByRole('button', { name: 'Review' }).click()
  await openCheckout(page)
  await payByCard(page)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('USDC are in your wallet')
  expect(await tokenBalance(world, 'USDC', phone.address)).toBeGreaterThan(0n)
  await phone.stop()
})

test('a wallet on a phone signs its person in', async ({ page, world }) => {
  await page.goto('/sign-in?next=/activity')
  await page.getByRole('radio', { name: 'Wallet' }).check()
  await page.getByRole('button', { name: /WalletConnect/ }).click()
  const phone = await pairPhone(world, await shownUri(page))
  await page.waitForURL((url) => url.pathname === '/activity')
  const short = `${phone.address.slice(0, 6)}…${phone.address.slice(-4)}`
  await expect(page.getByRole('banner').getByText(new RegExp(short, 'i'))).toBeVisible()
  await phone.stop()
})

test('closing the code leads back to the wallets', async ({ page }) => {
  await chooseAmount(page, { asset: 'USDC', amount: '12' })
  await page.getByRole('button', { name: 'Connect a wallet' }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /WalletConnect/ })
    .click()
  await shownUri(page)
  await page.locator('wcm-modal-backcard button').last().click()
  await expect(page.getByRole('dialog').getByRole('button', { name: /WalletConnect/ })).toBeEnabled()
})

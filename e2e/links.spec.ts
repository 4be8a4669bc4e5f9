import type { Browser, Page } from '@playwright/test'
import { generatePrivateKey, privateKeyToAddress } from 'viem/accounts'
import { expectAccessible } from '#e2e/support/accessible.ts'
import { tokenBalance } from '#e2e/support/chain.ts'
import { fund } from '#e2e/support/funds.ts'
import { newEmail, signInByCode } from '#e2e/support/people.ts'
import { expect, test } from '#e2e/support/test.ts'
import { installWallet, type TestWallet } from '#e2e/support/wallet.ts'
import type { World } from '#e2e/support/world.ts'

/** A new person with a wallet of their own, signed in on the page of their links. */
async function seller(page: Page, world: World, address: string): Promise<void> {
  await signInByCode(page, world, newEmail(), '/links')
  const data = { network: 'mezo-testnet', address }
  expect((await page.request.post('/api/v1/wallets', { data })).status()).toBe(201)
  await page.reload()
}

/** Makes a link on the page and resolves to the address that is shared. */
async function makeLink(page: Page, { amount, note }: { amount: string; note: string }): Promise<string> {
  await page.getByRole('button', { name: 'New link' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Amount').fill(amount)
  await dialog.getByLabel('What for').fill(note)
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Make the link' }).click()
  await page.waitForURL(/\/links\/[0-9a-f-]{36}$/)
  return (await page.getByText(/\/l\/[0-9a-f-]{36}$/).textContent()) ?? ''
}

/** Somebody else, who has no account here, with a wallet of their own. */
async function payer(
  browser: Browser,
  world: World,
): Promise<{ page: Page; wallet: TestWallet; close: () => Promise<void> }> {
  const context = await browser.newContext({ baseURL: world.app })
  const wallet = await installWallet(context, { rpc: world.rpc, chainId: world.chainId })
  return { page: await context.newPage(), wallet, close: () => context.close() }
}

/** Connects the wallet in the window that is open, and takes the switch of network it is offered. */
async function connect(page: Page, wallet: TestWallet): Promise<void> {
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: wallet.name }).click()
  await dialog.getByRole('button', { name: /^Switch Test Wallet to/ }).click()
}

test('a link is paid by somebody’s connected wallet, and both see it arrive', async ({ page, world, browser }) => {
  const shop = privateKeyToAddress(generatePrivateKey())
  await seller(page, world, shop)
  const url = await makeLink(page, { amount: '7.50', note: 'Invoice 7' })
  await expectAccessible(page)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('are asked for')

  const buyer = await payer(browser, world)
  await fund(world, buyer.wallet.address, '20')
  await buyer.page.goto(url)
  await expectAccessible(buyer.page)
  await buyer.page.getByRole('button', { name: /^Pay 7\.50/ }).click()
  await connect(buyer.page, buyer.wallet)
  const dialog = buyer.page.getByRole('dialog')
  await expect(dialog.getByText(shop, { exact: false })).toBeAttached()
  await expectAccessible(buyer.page)

  // The payer thinks again in the wallet: nothing moved, and it is said.
  buyer.wallet.declineNext('eth_sendTransaction')
  await dialog.getByRole('button', { name: /^Pay 7\.50/ }).click()
  await expect(dialog.getByText('You declined in Test Wallet')).toBeVisible()
  expect(await tokenBalance(world, 'USDC', shop)).toBe(0n)

  await dialog.getByRole('button', { name: /^Pay 7\.50/ }).click()
  await expect(dialog).toBeHidden()
  await expect(buyer.page.getByRole('heading', { level: 1 })).toContainText('This is paid')
  expect(await tokenBalance(world, 'USDC', shop)).toBe(7_500_000n)
  await expect(buyer.page.getByRole('button', { name: /^Pay/ })).toHaveCount(0)
  await expectAccessible(buyer.page)

  await buyer.page.getByRole('link', { name: 'View receipt' }).click()
  await expect(buyer.page.getByText(/^Verified/)).toBeVisible()
  await expectAccessible(buyer.page)
  await buyer.close()

  await expect(page.getByRole('heading', { level: 1 })).toContainText('This is paid')
  await page.getByRole('link', { name: 'Links' }).last().click()
  await expect(page.getByText('Paid', { exact: true }).last()).toBeVisible()
  await expectAccessible(page)
})

test('money that fits no link is asked about, and a link that was ended asks nobody any more', async ({
  page,
  world,
}) => {
  const shop = privateKeyToAddress(generatePrivateKey())
  await seller(page, world, shop)
  const url = await makeLink(page, { amount: '30', note: '' })
  await fund(world, shop, '12')
  await page.getByRole('button', { name: 'Count it for this link' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('12.00')
  await expect(page.getByText('Partly paid')).toBeVisible()
  await expectAccessible(page)

  await page.getByRole('button', { name: 'End this link' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'End the link' }).click()
  await expect(page.getByText('Cancelled')).toBeVisible()
  await page.goto(url)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('has ended it')
  await expect(page.getByRole('button', { name: /^Pay/ })).toHaveCount(0)
  await expectAccessible(page)
})

test('a person pays from their own wallet: proposed, approved, signed, and settled by the chain', async ({
  page,
  world,
  wallet,
}) => {
  const merchant = privateKeyToAddress(generatePrivateKey())
  await fund(world, wallet.address, '40')
  await seller(page, world, wallet.address)
  await page.goto('/wallets')
  await page.getByRole('link', { name: `Pay from ${wallet.address}` }).click()
  await page.getByLabel('To', { exact: true }).fill(merchant)
  await page.getByLabel('Amount').fill('12.50')
  await page.getByLabel('What for').fill('Paper')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Go on to sign' }).click()
  await page.waitForURL(/\/intents\//)
  await page.getByRole('button', { name: /^Approve 12\.50/ }).click()

  await page.getByRole('button', { name: 'Sign with your wallet' }).click()
  await connect(page, wallet)
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText(merchant, { exact: false })).toBeAttached()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: /^Pay 12\.50/ }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('arrived on')
  expect(await tokenBalance(world, 'USDC', merchant)).toBe(12_500_000n)
  await expectAccessible(page)
  await page.getByRole('link', { name: 'View receipt' }).click()
  await expect(page.getByText(/^Verified/)).toBeVisible()
})

test.describe('a link that nobody made', () => {
  test.use({ expectedConsole: /404/ })
  test('is no page', async ({ page }) => {
    const answer = await page.goto('/l/0197a4c2-6d1e-7c3a-9f40-5b8f2d1c7e90')
    expect(answer?.status()).toBe(404)
  })
})

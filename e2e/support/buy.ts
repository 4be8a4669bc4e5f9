import type { Page } from '@playwright/test'
import { expect } from '#e2e/support/test.ts'
import type { TestWallet } from '#e2e/support/wallet.ts'

type Choice = { asset: 'MUSD' | 'USDC'; amount: string }

/** Opens the buy page and takes its first step. Leaves the page where it asks for the wallet. */
export async function chooseAmount(page: Page, { asset, amount }: Choice): Promise<void> {
  await page.goto('/buy')
  await page.getByRole('radio', { name: asset }).check()
  await page.getByLabel('Buy for').fill(amount)
  await page.getByRole('button', { name: 'Choose a wallet' }).click()
  await expect(page.getByRole('heading', { name: 'Where should it go?' })).toBeVisible()
}

/** Types an address, as if pasted, and goes on to the review. */
export async function pasteAddress(page: Page, address: string): Promise<void> {
  await page.getByRole('textbox', { name: /Your address on/ }).fill(address)
  await page.getByRole('button', { name: 'Review' }).click()
  await expect(page.getByRole('heading', { name: 'Review and pay' })).toBeVisible()
}

/** Connects the wallet of the browser, takes the switch of network it is offered, and goes on to the review. */
export async function connectWallet(page: Page, wallet: TestWallet): Promise<void> {
  await page.getByRole('button', { name: 'Connect a wallet' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: wallet.name }).click()
  await dialog.getByRole('button', { name: /^Switch to/ }).click()
  await expect(page.getByRole('textbox', { name: /Your address on/ })).toHaveValue(wallet.address)
  await page.getByRole('button', { name: 'Review' }).click()
  await expect(page.getByRole('heading', { name: 'Review and pay' })).toBeVisible()
}

/** Presses Pay and follows to Stripe's page. Resolves to the session that was made. */
export async function openCheckout(page: Page): Promise<{ id: string; secret: string }> {
  const status = page.waitForRequest(/\/pay\/[0-9a-f-]{36}/)
  await page.getByRole('button', { name: /^Pay / }).click()
  const id = new URL((await status).url()).pathname.split('/')[2] ?? ''
  await page.waitForURL(/\/onramp\//)
  return { id, secret: await savedSecret(page, id) }
}

/** Fills Stripe's page with a card and presses Pay there. */
export async function payByCard(checkout: Page, card = '4242 4242 4242 4242'): Promise<void> {
  await checkout.getByLabel('Card number').fill(card)
  await checkout.getByLabel('Expiry').fill('12 / 40')
  await checkout.getByLabel('CVC').fill('123')
  await checkout.getByLabel('Name on card').fill('Ada Buyer')
  await checkout.getByRole('button', { name: /^Pay / }).click()
}

/** The secret of a session as the browser has kept it for the app. */
async function savedSecret(page: Page, id: string): Promise<string> {
  const { origins } = await page.context().storageState()
  const kept = origins.flatMap(({ localStorage }) => localStorage).find(({ name }) => name === 'causeway.sessions')
  const sessions: { id: string; secret: string }[] = JSON.parse(kept?.value ?? '[]')
  const session = sessions.find((candidate) => candidate.id === id)
  if (!session) throw new Error(`The browser keeps no session ${id}`)
  return session.secret
}

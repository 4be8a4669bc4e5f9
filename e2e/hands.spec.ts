import type { Locator, Page } from '@playwright/test'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { openCheckout, payByCard } from '#e2e/support/buy.ts'
import { expect, test } from '#e2e/support/test.ts'

/** Presses Tab until the focus is there, as a person without a mouse does; fails when a whole round did not meet it. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  const focused = () => target.evaluate((element) => element === document.activeElement)
  for (let presses = 0; presses < 60; presses += 1) {
    if (await focused()) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Sixty presses of Tab did not reach ${target}.`)
}

test('buying works with the keyboard alone', async ({ page }) => {
  await page.goto('/buy')
  const amount = page.getByLabel('Buy for')
  await expect(page.getByRole('radio', { name: 'MUSD' })).toBeChecked()
  await tabTo(page, page.getByRole('radio', { name: 'MUSD' }))
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('radio', { name: 'USDC' })).toBeChecked()
  await tabTo(page, amount)
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type('30')
  await page.keyboard.press('Enter')

  await expect(page.getByRole('heading', { name: 'Where should it go?' })).toBeFocused()
  await tabTo(page, page.getByRole('textbox', { name: /Your address on/ }))
  await page.keyboard.type(privateKeyToAccount(generatePrivateKey()).address)
  await expect(page.getByText('A well-formed address.')).toBeVisible()
  await page.keyboard.press('Enter')

  await expect(page.getByRole('heading', { name: 'Review and pay' })).toBeFocused()
  const pay = page.getByRole('button', { name: /^Pay / })
  await expect(pay).toBeEnabled()
  await tabTo(page, pay)
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Card number')).toBeVisible()
  await page.goBack()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Nothing has been charged yet')
})

test('the wallets’ dialog keeps the focus inside and gives it back', async ({ page, wallet }) => {
  await page.goto('/buy')
  await page.getByLabel('Buy for').fill('20')
  await page.getByRole('button', { name: 'Choose a wallet' }).click()
  const opener = page.getByRole('button', { name: 'Connect a wallet' })
  await tabTo(page, opener)
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('button', { name: wallet.name })).toBeVisible()
  for (let presses = 0; presses < 8; presses += 1) {
    await page.keyboard.press('Tab')
    await expect.poll(() => dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true)
  }
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expect(opener).toBeFocused()
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test('the whole way fits, with the button in reach of the thumb', async ({ page }) => {
    await page.goto('/buy')
    await expect(page.getByText('Arrives').first()).toBeVisible()
    await page.getByRole('radio', { name: 'USDC' }).check()
    await page.getByLabel('Buy for').fill('20')
    await expect(page.getByRole('button', { name: 'Choose a wallet' })).toBeInViewport({ ratio: 1 })
    await page.getByRole('button', { name: 'Choose a wallet' }).tap()
    const address = privateKeyToAccount(generatePrivateKey()).address
    await page.getByRole('textbox', { name: /Your address on/ }).fill(address)
    await expect(page.getByRole('button', { name: 'Review' })).toBeInViewport({ ratio: 1 })
    await page.getByRole('button', { name: 'Review' }).tap()
    await expect(page.getByRole('button', { name: /^Pay / })).toBeInViewport({ ratio: 1 })
    await openCheckout(page)
    await payByCard(page)
    await expect(page.getByRole('heading', { level: 1 })).toContainText('USDC are in your wallet')
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
  })
})

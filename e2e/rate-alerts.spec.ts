import type { Page } from '@playwright/test'
import { Webhook } from 'standardwebhooks'
import { expectAccessible } from '#e2e/support/accessible.ts'
import { newEmail, signInByCode } from '#e2e/support/people.ts'
import { expect, test } from '#e2e/support/test.ts'
import { startInbox } from '#sandbox/http/webhook-inbox.ts'

// The browser itself notes what was refused.
test.use({ expectedConsole: /the server responded with a status of 422/ })

/** Opens the window in which an alert is made, from a price that a person looks at. */
async function ask(page: Page, price: string): Promise<void> {
  await page.getByRole('button', { name: 'New alert' }).click()
  await page
    .getByRole('dialog')
    .getByLabel(/^Price of 1 BTC/)
    .fill(price)
}

test('a price alert is asked for by keyboard, is refused where the price is there already, and is ended', async ({
  page,
  world,
}) => {
  const email = newEmail()
  await signInByCode(page, world, email, '/alerts')
  await expect(page.getByRole('heading', { name: 'No price alerts yet' })).toBeVisible()
  await expectAccessible(page)

  await page.getByRole('button', { name: 'New alert' }).focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText(/^Seen .+ ago$/)).toBeVisible()
  await expect(dialog.getByText(`It goes to ${email}`)).toBeVisible()
  await expectAccessible(page)

  // A cent is what a bitcoin costs more than already.
  await dialog.getByLabel(/^Price of 1 BTC/).fill('0.01')
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('alert')).toContainText('so it is there already')
  await expectAccessible(page)

  await dialog.getByLabel(/^Price of 1 BTC/).fill('900000.5')
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  const row = page.getByRole('listitem').filter({ hasText: 'BTC rises to $900,000.50' })
  await expect(row).toContainText('By email')
  await expect(row).toContainText('Waiting')
  await expectAccessible(page)

  await row.getByRole('button', { name: /^End the alert/ }).click()
  await page.getByRole('button', { name: 'End the alert', exact: true }).click()
  await expect(row).toContainText('Ended')
  await page.getByRole('link', { name: 'Waiting' }).click()
  await expect(page.getByRole('heading', { name: 'None with this status' })).toBeVisible()
})

test('a webhook shows its secret once, takes a test that is signed with it, and gets a new one', async ({
  page,
  world,
}) => {
  const hook = await startInbox()
  await signInByCode(page, world, newEmail(), '/alerts')
  await ask(page, '900001')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: 'Webhook' }).check()
  const address = dialog.getByLabel('Address of the webhook')

  // What leads inside is not called, however it is written.
  await address.fill('https://169.254.169.254/latest/meta-data/')
  await dialog.getByRole('button', { name: 'Tell me then' }).click()
  await expect(dialog.getByText('private networks and this machine are never called')).toBeVisible()
  await expectAccessible(page)

  // The local world runs on this machine, and may call another port of it.
  await address.fill(hook.url)
  await dialog.getByRole('button', { name: 'Tell me then' }).click()
  await expect(dialog.getByRole('heading', { name: 'Copy the secret now' })).toBeVisible()
  await expectAccessible(page)
  const secret = (await dialog.locator('[data-webhook-secret]').textContent()) ?? ''
  expect(secret).toMatch(/^whsec_/)
  await dialog.getByRole('button', { name: 'I have it' }).click()
  await expect(page.getByText(secret)).toHaveCount(0)

  const row = page.getByRole('listitem').filter({ hasText: 'BTC rises to $900,001.00' })
  await row.getByRole('button', { name: /^Send a test/ }).click()
  await expect(row.getByRole('status')).toHaveText('It answered 200.')
  const [{ headers, body } = { headers: new Headers(), body: '' }] = hook.received
  expect(new Webhook(secret).verify(body, Object.fromEntries(headers))).toMatchObject({ type: 'rate_alert.test' })
  await expectAccessible(page)

  await row.getByRole('button', { name: /^New secret/ }).click()
  await page.getByRole('button', { name: 'Get a new secret' }).click()
  const renewed = (await dialog.locator('[data-webhook-secret]').textContent()) ?? ''
  await dialog.getByRole('button', { name: 'I have it' }).click()
  await row.getByRole('button', { name: /^Send a test/ }).click()
  await expect.poll(() => hook.received.length).toBe(2)
  const [, second] = hook.received
  const signed = [second?.body ?? '', Object.fromEntries(second?.headers ?? [])] as const
  expect(() => new Webhook(secret).verify(...signed)).toThrow('No matching signature')
  expect(new Webhook(renewed).verify(...signed)).toBeDefined()
  await hook.stop()
})

test('whoever comes from a price is led through signing in, and back to it', async ({ page, world }) => {
  await page.goto('/alerts?base=BDX&quote=INR')
  await page.waitForURL((url) => url.searchParams.get('next') === '/alerts?base=BDX&quote=INR')
  await signInByCode(page, world, newEmail(), '/alerts')
  await page.goto('/alerts?base=BDX&quote=INR')
  await expect(page.getByRole('dialog').getByLabel('Price of 1 BDX in INR')).toBeVisible()
})

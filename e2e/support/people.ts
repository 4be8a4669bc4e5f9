import { expect, type Page } from '@playwright/test'
import type { World } from '#e2e/support/world.ts'

type Account = { email: string; password: string }

/** Signs in by email and password, on the page, and waits until the browser is where it wanted to go. */
export async function signInByPassword(page: Page, { email, password }: Account, next = '/activity'): Promise<void> {
  await page.goto(`/sign-in?next=${encodeURIComponent(next)}`)
  await page.getByRole('radio', { name: 'Password' }).check()
  await page.getByLabel('Email', { exact: true }).fill(email)
  await page.locator('input[type=password]').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL((url) => url.pathname === next)
}

/** Signs in by a code, reading it off the mailbox's page as a person would. A new address makes a new account. */
export async function signInByCode(page: Page, world: World, email: string, next = '/activity'): Promise<void> {
  await page.goto(`/sign-in?next=${encodeURIComponent(next)}`)
  await page.getByLabel('Email', { exact: true }).fill(email)
  await page.getByRole('button', { name: 'Email me a code' }).click()
  await expect(page.getByLabel('Code', { exact: true })).toBeVisible()
  await page.getByLabel('Code', { exact: true }).fill(await readCode(page, world, email))
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL((url) => url.pathname === next)
}

/** The newest code that was sent to the address, from the mailbox's page. */
export async function readCode(page: Page, world: World, email: string): Promise<string> {
  const mailbox = await page.context().newPage()
  await mailbox.goto(`${world.mail.url}/?to=${encodeURIComponent(email)}`)
  const code = await mailbox.locator('.code').first().textContent()
  await mailbox.close()
  return code ?? ''
}

/** An address that nobody used before. */
export function newEmail(): string {
  return `person-${crypto.randomUUID().slice(0, 8)}@example.com`
}

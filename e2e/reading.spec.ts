import type { Page } from '@playwright/test'
import { expectAccessible } from '#e2e/support/accessible.ts'
import { createSession, stripeSessionId, waitForStatus } from '#e2e/support/api.ts'
import { chooseAmount, pasteAddress } from '#e2e/support/buy.ts'
import { signInByPassword } from '#e2e/support/people.ts'
import { payByMachine } from '#e2e/support/stripe.ts'
import { expect, test } from '#e2e/support/test.ts'

const address = '0x90F79bf6EB2c4f870365E785982E1f101E93b906'
const views = [
  { colorScheme: 'light', viewport: { width: 390, height: 844 } },
  { colorScheme: 'dark', viewport: { width: 1440, height: 900 } },
] as const

/** Looks at the page as it stands: light on a phone, dark on a desk. */
async function look(page: Page, name: string): Promise<void> {
  for (const { colorScheme, viewport } of views) {
    await test.step(`${name}, ${colorScheme}`, async () => {
      await page.setViewportSize(viewport)
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      expect(beyond, `${name} scrolls sideways at ${viewport.width}`).toBeLessThanOrEqual(0)
      await expectAccessible(page)
    })
  }
}

test('the pages anyone can open are accessible', async ({ page }) => {
  await page.goto('/')
  await look(page, 'home')
  await page.goto('/activity')
  await expect(page.getByText('Nothing bought yet')).toBeVisible()
  await look(page, 'activity, empty')
  await page.goto('/sign-in')
  await look(page, 'sign in by code')
  await page.getByRole('radio', { name: 'Password' }).check()
  await look(page, 'sign in by password')
  await page.getByRole('radio', { name: 'Wallet' }).check()
  await expect(page.getByRole('button', { name: /WalletConnect/ })).toBeVisible()
  await look(page, 'sign in by wallet')
})

test('each step of buying is accessible', async ({ page, wallet }) => {
  await page.goto('/buy')
  await expect(page.getByText('Arrives').first()).toBeVisible()
  await look(page, 'buy, amount')
  await page.getByLabel('Buy for').fill('0')
  await page.getByRole('button', { name: 'Choose a wallet' }).click()
  await look(page, 'buy, a refused amount')
  await chooseAmount(page, { asset: 'MUSD', amount: '25' })
  await look(page, 'buy, wallet')
  await page.getByRole('button', { name: 'Connect a wallet' }).click()
  await expect(page.getByRole('dialog').getByRole('button', { name: wallet.name })).toBeVisible()
  await look(page, 'buy, the wallets')
  await page.getByRole('dialog').getByRole('button', { name: wallet.name }).click()
  await expect(page.getByRole('dialog').getByRole('button', { name: /^Switch to/ })).toBeVisible()
  await look(page, 'buy, another network')
  await page.keyboard.press('Escape')
  await pasteAddress(page, address)
  await expect(page.getByRole('button', { name: /^Pay / })).toBeEnabled()
  await look(page, 'buy, review')
})

test('a payment, its receipt and the list are accessible', async ({ page, world, db }) => {
  const session = await createSession(world, { walletAddress: address, asset: 'USDC' })
  await page.goto(`/pay/${session.id}#${session.secret}`)
  await expect(page.getByRole('link', { name: /Continue to payment/ })).toBeVisible()
  await look(page, 'pay, awaiting')
  await payByMachine(world, await stripeSessionId(db, session.id))
  await waitForStatus(world, session, 'delivered')
  await expect(page.getByRole('link', { name: 'View receipt' })).toBeVisible()
  for (const summary of await page.locator('ol summary').all()) await summary.click()
  await look(page, 'pay, delivered and opened')
  await page.getByRole('link', { name: 'View receipt' }).click()
  await expect(page.getByText(/^Verified/)).toBeVisible()
  await look(page, 'receipt')
  await page.goto('/activity')
  await expect(page.getByText('Only this browser knows of these purchases')).toBeVisible()
  await look(page, 'activity of a guest')
})

test.describe('pages that are not there', () => {
  test.use({ expectedConsole: /status of 404/ })

  test('they are accessible too', async ({ page }) => {
    await page.goto('/no/such/page')
    await look(page, 'not found')
    await page.goto(`/pay/${crypto.randomUUID()}#${'x'.repeat(43)}`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await look(page, 'a payment that is absent')
    await page.goto(`/receipts/${crypto.randomUUID()}#${'x'.repeat(43)}`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await look(page, 'a receipt that is absent')
  })
})

test.describe('the operator’s desk is accessible', () => {
  test.beforeEach(({ page, world }) => signInByPassword(page, world.operator, '/operate'))

  const sections = [
    ['', 'webhooks', 'transfers', 'jobs'],
    ['treasury', 'health', 'health/alerts', 'health/findings'],
    ['ledger', 'audit', 'search?q=nothing'],
  ]
  for (const paths of sections) {
    test(`in its lists: ${paths.filter(Boolean).join(', ')}`, async ({ page }) => {
      for (const path of paths) {
        await page.goto(`/operate/${path}`)
        await expect(page.getByRole('main')).toBeVisible()
        await look(page, `operate, ${path}`)
      }
    })
  }

  test('and the activity of who operates it', async ({ page }) => {
    await page.goto('/activity')
    await look(page, 'activity, signed in')
  })

  test('in what it shows of one thing, and in a question', async ({ page, db }) => {
    const [event] = await db`select id from public.webhook_events order by received_at desc limit 1`
    await page.goto(`/operate/webhooks/${event?.id}`)
    await look(page, 'operate, one webhook')
    const [session] = await db`select id from public.onramp_sessions order by created_at desc limit 1`
    await page.goto(`/operate/sessions/${session?.id}`)
    await look(page, 'operate, one session')
    const [transfer] = await db`select id from public.transfers order by created_at desc limit 1`
    await page.goto(`/operate/transfers/${transfer?.id}`)
    await look(page, 'operate, one transfer')
    const [job] = await db`select id from graphile_worker.jobs where key like 'expire:%' limit 1`
    await page.goto(`/operate/jobs/${job?.id}`)
    await page.getByRole('button', { name: 'Run now' }).click()
    await expect(page.getByRole('dialog')).toBeVisible()
    await look(page, 'operate, a question')
  })
})

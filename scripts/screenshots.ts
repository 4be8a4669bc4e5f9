import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { type Browser, chromium } from '@playwright/test'
import postgres from 'postgres'
import { createSession, stripeSessionId, waitForStatus } from '#e2e/support/api.ts'
import { chooseAmount, pasteAddress } from '#e2e/support/buy.ts'
import { signInByPassword } from '#e2e/support/people.ts'
import setup from '#e2e/support/setup.ts'
import { payByMachine } from '#e2e/support/stripe.ts'
import { readWorld } from '#e2e/support/world.ts'
import { waitFor } from '#sandbox/http/wait-for.ts'
import { findBrowser } from '#scripts/suites/browser.ts'

// Takes the pictures of the README anew, from a world of its own: node scripts/run.mjs scripts/screenshots.ts

const folder = 'docs/screenshots'
mkdirSync(folder, { recursive: true })
const end = await setup()
const world = readWorld()
const browser = await chromium.launch({ executablePath: findBrowser(), args: ['--no-sandbox', '--disable-gpu'] })
const db = postgres(world.database, { max: 1 })
try {
  await takeAll(browser)
} finally {
  await browser.close()
  await db.end()
  await end()
}

async function takeAll(browser: Browser): Promise<void> {
  const address = '0x90F79bf6EB2c4f870365E785982E1f101E93b906'
  const session = await createSession(world, { walletAddress: address, sourceAmount: '100.00' })
  await payByMachine(world, await stripeSessionId(db, session.id))
  await waitForStatus(world, session, 'delivered')
  const waiting = await payments()
  for (const colorScheme of ['light', 'dark'] as const) {
    const desk = await browser.newContext({ baseURL: world.app, colorScheme, viewport: { width: 1280, height: 920 } })
    const page = await desk.newPage()
    const take = (name: string) => page.screenshot({ path: `${folder}/${name}-${colorScheme}.png` })
    await page.goto('/')
    await page.getByRole('form', { name: 'Buy stablecoins' }).getByText('every fee included').waitFor()
    await take('home')
    await page.goto('/rates/BTC/USD')
    await page.getByRole('application', { name: /^Price chart/ }).waitFor()
    await page.getByRole('region', { name: 'Forecast' }).getByText('In 24 hours').waitFor({ timeout: 90_000 })
    await page.getByText('7\u00a0d', { exact: true }).click()
    await page.getByRole('application', { name: 'Price chart, 7 days' }).waitFor()
    await take('rates')
    await page.goto('/')
    await page.getByRole('form', { name: 'Buy stablecoins' }).getByText('every fee included').waitFor()
    await chooseAmount(page, { asset: 'MUSD', amount: '100' })
    await pasteAddress(page, address)
    await page.getByRole('button', { name: /^Pay / }).waitFor()
    await take('buy')
    await page.goto(`/pay/${session.id}#${session.secret}`)
    await page.getByRole('link', { name: 'View receipt' }).waitFor()
    await take('pay')
    await page.getByRole('link', { name: 'View receipt' }).click()
    await page.getByText(/^Verified/).waitFor()
    await page.screenshot({ path: `${folder}/receipt-${colorScheme}.png`, fullPage: true })
    await signInByPassword(page, world.customer, '/dashboard')
    await page.getByText('Conference tickets').first().waitFor()
    await take('dashboard')
    await page.goto(`/intents/${waiting}`)
    await page.getByRole('button', { name: /^Approve / }).waitFor()
    await take('payment')
    await desk.close()
  }
}

/** A day of the agent's payments: some settle by themselves, one is refused, and one waits for its person, whose id is returned. */
async function payments(): Promise<string> {
  const merchant = 'Merchant'
  const propose = async (amount: string, purpose: string): Promise<string> => {
    const response = await fetch(`${world.app}/api/v1/intents`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${world.agent.apiKey}`,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      },
      body: JSON.stringify({ walletId: world.agent.walletId, recipient: merchant, amount, asset: 'USDC', purpose }),
    })
    const { id, status, detail } = await response.json()
    if (!response.ok) throw new Error(`${purpose}: ${detail}`)
    return status === 'approved' ? await settled(id) : id
  }
  await propose('4.20', 'Stock photos')
  await propose('9.00', 'Hosting in November')
  await propose('45.00', 'A new monitor')
  return await propose('26.00', 'Conference tickets')
}

async function settled(id: string): Promise<string> {
  await waitFor('a payment', async () => {
    const [row] = await db`select status from public.intents where id = ${id}`
    return row?.status === 'settled'
  })
  return id
}

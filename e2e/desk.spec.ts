import type postgres from 'postgres'
import { type Address, parseUnits } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { createSession, readSession, stripeSessionId, waitForStatus } from '#e2e/support/api.ts'
import { pauseMusd, tokenBalance } from '#e2e/support/chain.ts'
import { ageTransfers, giveUpJob, passQuote, searchDesk } from '#e2e/support/desk.ts'
import { signInByPassword } from '#e2e/support/people.ts'
import { payByMachine } from '#e2e/support/stripe.ts'
import { expect, test } from '#e2e/support/test.ts'
import { passTime } from '#e2e/support/time.ts'

const newAddress = (): Address => privateKeyToAccount(generatePrivateKey()).address

/** What the audit log has of a subject, read again from the database. */
const audit = (db: postgres.Sql, subject: string) =>
  db`select action, actor from public.audit_log where subject = ${subject} order by id`
const byAnOperator = expect.stringMatching(/^account:/)

test('an operator retries a delivery that failed, after a question, and the buyer is paid once', async ({
  page,
  world,
  db,
}) => {
  const address = newAddress()
  const resume = await pauseMusd(world)
  const session = await createSession(world, { walletAddress: address })
  const attention = async () => {
    await ageTransfers(db, session.id)
    return (await readSession(world, session)).attention?.code
  }
  try {
    await payByMachine(world, await stripeSessionId(db, session.id))
    await expect.poll(attention, { timeout: 60_000 }).toBe('delivery_failed')
  } finally {
    await resume()
  }

  await signInByPassword(page, world.operator, '/operate')
  await searchDesk(page, session.id)
  const retry = page.getByRole('button', { name: 'Retry the delivery' })
  await retry.click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText(address)
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expect(retry).toBeFocused()
  expect(await audit(db, session.id)).toEqual([])

  await retry.press('Enter')
  await dialog.getByRole('button', { name: 'Retry the delivery' }).press('Enter')
  await expect(page.getByText('The delivery is tried again').first()).toBeVisible()
  // The first delivery left its place in the treasury's order empty; the reconciliation fills it, which it does every five minutes.
  const status = async () => {
    await passTime(world, db, session.id, 'reconcile')
    return (await readSession(world, session)).status
  }
  await expect.poll(status, { timeout: 60_000 }).toBe('delivered')
  const { quote } = await readSession(world, session)
  expect(await tokenBalance(world, 'MUSD', address)).toBe(parseUnits(quote.destinationAmount, 18))
  expect(await audit(db, session.id)).toEqual([{ action: 'onramp.retry_delivery', actor: byAnOperator }])
  // The page has followed by itself: what was done is on it, and there is nothing more to retry.
  await expect(page.getByRole('region', { name: 'Audit log' })).toContainText('onramp.retry_delivery')
  await expect(retry).toHaveCount(0)
})

test('a job that failed for good is told of, acknowledged, retried, and all of it written down', async ({
  page,
  world,
  db,
}) => {
  const session = await createSession(world)
  const job = await giveUpJob(db, `expire:${session.id}`)
  await passTime(world, db, session.id)

  await signInByPassword(page, world.operator, '/operate/health')
  const alert = page.getByRole('row').filter({ hasText: 'expire_onramp_session' })
  await alert.getByRole('button', { name: 'Acknowledge' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Acknowledge it' }).click()
  await expect(page.getByText('The alert is acknowledged').first()).toBeVisible()
  await expect(alert.getByRole('button', { name: 'Acknowledge' })).toHaveCount(0)
  const [opened] =
    await db`select id, acknowledged_by from public.alerts where kind = 'job_failed' and cleared_at is null`
  expect(opened?.acknowledged_by).toEqual(byAnOperator)
  expect(await audit(db, opened?.id)).toEqual([{ action: 'alert.acknowledge', actor: byAnOperator }])

  await page
    .getByRole('navigation', { name: 'Desk' })
    .getByRole('link', { name: /^Jobs 1/ })
    .click()
  await page.getByRole('link', { name: 'Failed for good' }).click()
  await page
    .getByRole('row')
    .filter({ hasText: session.id.slice(0, 8) })
    .getByRole('link')
    .first()
    .click()
  await page.waitForURL(`**/operate/jobs/${job}`)
  await expect(page.getByText('https://node.test/…')).toBeVisible()
  await page.getByRole('button', { name: 'Retry' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Run the job' }).click()
  await expect.poll(() => db`select from graphile_worker.jobs where id = ${job}`).toEqual([])
  expect(await audit(db, job)).toEqual([{ action: 'job.retry', actor: byAnOperator }])

  await page.goto('/operate/audit?action=job.retry')
  await expect(
    page.getByRole('region', { name: 'Audit log' }).getByRole('link', { name: job, exact: true }),
  ).toBeVisible()
})

test('a payment that came too late is settled once, by an operator who says how', async ({ page, world, db }) => {
  const session = await createSession(world)
  await passQuote(db, session.id)
  await expect
    .poll(async () => {
      await passTime(world, db, session.id)
      return (await readSession(world, session)).status
    })
    .toBe('expired')
  await payByMachine(world, await stripeSessionId(db, session.id))

  await signInByPassword(page, world.operator, '/operate')
  await page.goto(`/operate/sessions/${session.id}`)
  // The page follows by itself: it shows the payment as soon as Stripe has told of it.
  await page.getByRole('button', { name: 'Say that it is settled' }).click({ timeout: 40_000 })
  const dialog = page.getByRole('dialog', { name: 'Is this late payment settled?' })
  await expect(dialog.getByLabel('How it was settled')).toBeFocused()
  await dialog.getByRole('button', { name: 'It is settled' }).click()
  await expect(dialog).toBeVisible()
  await dialog.getByLabel('How it was settled').fill('Paid by hand from another wallet')
  await dialog.getByRole('button', { name: 'It is settled' }).click()
  await expect(page.getByText('Paid after it had ended, and settled by hand')).toBeVisible()
  expect(await db`select action, actor, detail from public.audit_log where subject = ${session.id}`).toEqual([
    {
      action: 'onramp.settle_paid_after_expiry',
      actor: byAnOperator,
      detail: { note: 'Paid by hand from another wallet' },
    },
  ])
})

test('one box finds a session, a transfer, a webhook and an address', async ({ page, world, db }) => {
  const address = newAddress()
  const session = await createSession(world, { walletAddress: address })
  const stripeId = await stripeSessionId(db, session.id)
  await payByMachine(world, stripeId)
  const { transfers } = await waitForStatus(world, session, 'delivered')

  await signInByPassword(page, world.operator, '/operate/ledger')
  for (const text of [session.id, stripeId]) {
    await searchDesk(page, text)
    await expect(page).toHaveURL(new RegExp(`/operate/sessions/${session.id}$`))
    await page.goto('/operate/treasury')
  }
  await searchDesk(page, transfers.at(-1)?.hash ?? '')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Our delivery')
  await page.getByRole('searchbox').fill(address)
  await page.getByRole('searchbox').press('Enter')
  const found = page.getByRole('region', { name: 'Found' }).getByRole('row')
  await expect(found.filter({ hasText: 'Session' })).toHaveCount(1)
  await expect(found.filter({ hasText: 'Transfer' })).toHaveCount(1)
  await page.goto(`/operate/sessions/${session.id}`)
  await expect(page.getByRole('region', { name: 'Webhooks' }).getByRole('row').nth(1)).toContainText(
    'crypto.onramp_session',
  )
})

test.describe('while it is away', () => {
  test.use({ expectedConsole: /status of 503/ })

  test('the desk says so, keeps what was typed and an open question, and goes on by itself', async ({
    page,
    world,
  }) => {
    await createSession(world)
    await page.clock.install()
    await signInByPassword(page, world.operator, '/operate/jobs')
    const looks = () => page.waitForResponse((answer) => answer.url().endsWith('/operate/alive'))
    await page.getByRole('searchbox').fill('half a na')
    await looks()
    await page.route('**/operate/alive', (route) => route.fulfill({ status: 503 }))
    await expect(page.getByText('The desk does not reach its database')).toBeVisible()
    await expect(page.getByRole('table').first()).toBeVisible()
    await expect(page.getByRole('searchbox')).toHaveValue('half a na')
    await expect(page.getByRole('searchbox')).toBeFocused()
    await page.unroute('**/operate/alive')
    await expect(page.getByText('The desk does not reach its database')).toHaveCount(0)
    await expect(page.getByRole('searchbox')).toHaveValue('half a na')

    // While a question is open nothing is asked for, so nothing is drawn beneath it.
    await page.getByRole('button', { name: 'Run now' }).first().click()
    await expect(page.getByRole('dialog')).toBeVisible()
    let asked = 0
    page.on('request', (request) => {
      if (request.url().endsWith('/operate/alive')) asked += 1
    })
    await page.clock.fastForward(30_000)
    expect(asked).toBe(0)
    await page.keyboard.press('Escape')
    await looks()
  })
})

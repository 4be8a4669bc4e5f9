import { createSession, stripeSessionId, waitForStatus } from '#e2e/support/api.ts'
import { searchDesk } from '#e2e/support/desk.ts'
import { newEmail, signInByCode, signInByPassword } from '#e2e/support/people.ts'
import { payByMachine } from '#e2e/support/stripe.ts'
import { expect, test } from '#e2e/support/test.ts'

test('an operator reads a webhook’s body and outcome, and replays it, which pays nobody twice', async ({
  page,
  world,
  db,
}) => {
  const session = await createSession(world, { asset: 'USDC' })
  const stripeId = await stripeSessionId(db, session.id)
  await payByMachine(world, stripeId)
  const before = await waitForStatus(world, session, 'delivered')

  await signInByPassword(page, world.operator, '/operate/webhooks')
  const [newest] = await db<{ event_id: string }[]>`select event_id from public.webhook_events
    where convert_from(body, 'utf8') like ${`%${stripeId}%`} order by received_at desc limit 1`
  await searchDesk(page, newest?.event_id ?? '')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('crypto.onramp_session')
  await expect(page.getByText(stripeId).first()).toBeVisible()
  const id = new URL(page.url()).pathname.split('/').at(-1) ?? ''
  const attempts = async () => {
    const [row] = await db`select attempts, status from public.webhook_events where id = ${id}`
    return { attempts: row?.attempts as number, status: row?.status as string }
  }
  const first = await attempts()

  await page.getByRole('button', { name: 'Replay' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Replay the webhook' }).click()
  await expect(page.getByText('The webhook is handled again').first()).toBeVisible()
  await expect(page.getByRole('dialog', { name: 'Replay this webhook?' })).toHaveCount(0)
  await expect.poll(attempts).toEqual({ attempts: first.attempts + 1, status: first.status })
  expect(await waitForStatus(world, session, 'delivered')).toEqual(before)
  const [entry] = await db`select count(*)::int as count from public.audit_log where subject like ${`%${id}%`}`
  expect(entry?.count).toBeGreaterThan(0)
})

test('the desk works by keyboard', async ({ page, world }) => {
  await signInByPassword(page, world.operator, '/operate/webhooks')
  await expect(page.getByRole('row').nth(1)).toBeVisible()
  // The table is there before the script that listens to keys; a person presses again.
  await expect(async () => {
    await page.keyboard.press('/')
    await expect(page.getByRole('searchbox')).toBeFocused({ timeout: 1000 })
  }).toPass({ timeout: 20_000 })
  await page.getByRole('searchbox').blur()
  await page.keyboard.press('j')
  await expect(page.getByRole('row').nth(1).getByRole('link').first()).toBeFocused()
  await page.keyboard.press('j')
  await page.keyboard.press('k')
  await page.keyboard.press('e')
  await expect(page.getByRole('dialog')).toContainText('Replay this webhook?')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

const deskPaths = [
  '/operate',
  '/operate/webhooks',
  '/operate/transfers',
  '/operate/jobs',
  '/operate/treasury',
  '/operate/rates',
  '/operate/health',
  '/operate/ledger',
  '/operate/audit',
  '/operate/search?q=evt_1',
  '/operate/alive',
]

test('the desk does not exist for anybody else', async ({ page, world }) => {
  for (const path of deskPaths) {
    const answer = await page.request.get(path, { maxRedirects: 0 })
    expect([303, 307, 404], path).toContain(answer.status())
  }
  await signInByCode(page, world, newEmail())
  for (const path of deskPaths) {
    const answer = await page.request.get(path, { maxRedirects: 0 })
    expect(answer.status(), path).toBe(404)
    expect(await answer.text()).not.toContain('cos_')
  }
})

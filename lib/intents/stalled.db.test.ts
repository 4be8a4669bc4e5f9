import { beforeEach, expect, test } from 'vitest'
import { expireIntent } from '#lib/intents/tasks/expire.ts'
import { finish, makeAgent, propose, setGuards } from '#supabase/tests/support/agents.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { expectSoundLedger } from '#supabase/tests/support/ledger.ts'

// A job that was lost costs a payment a minute, and an approval that nobody gives costs nothing.

const { adminSql, as } = await testDatabase()

const scheduleStalledWork = () => as({ role: 'worker' })((sql) => sql`select app.schedule_stalled_work()`)

const loseEveryJob = () => adminSql`delete from graphile_worker._private_jobs`
beforeEach(async () => {
  await loseEveryJob()
  await adminSql.begin((tx) => [
    tx`set local session_replication_role = replica`,
    tx`truncate public.circle_transfer_events, public.circle_transfers, public.receipts, public.intent_events, public.spend_reservations, public.intents cascade`,
  ])
})

/** Time passes. The rows' own triggers would not allow it. */
const later = (interval: string) =>
  adminSql.begin((tx) => [
    tx`set local session_replication_role = replica`,
    tx`update public.intents set execute_after = execute_after - ${interval}::interval, expires_at = expires_at - ${interval}::interval`,
    tx`update public.circle_transfers set updated_at = updated_at - ${interval}::interval, created_at = created_at - ${interval}::interval`,
  ])

const jobs = async () =>
  (await adminSql`select task_identifier || ' ' || key as job from graphile_worker.jobs order by 1`).map(
    ({ job }) => job,
  )

async function approved() {
  const agent = await makeAgent(adminSql)
  await setGuards(agent, [{ type: 'single_payment', max: '50.00' }])
  return { agent, intent: await propose(agent, { amount: 5 }) }
}

test('what is approved, and what is on its way, is taken up again; what has ended is not', async () => {
  const waiting = await approved()
  const moving = await approved()
  await finish(moving.intent, 'unknown')
  const ended = await approved()
  await finish(ended.intent, 'settled')
  await loseEveryJob()
  await scheduleStalledWork()
  expect(await jobs()).toEqual([])
  await later('2 minutes')
  await scheduleStalledWork()
  await scheduleStalledWork()
  expect(await jobs()).toEqual([waiting, moving].map(({ intent }) => `execute_intent execute:${intent.id}`).sort())
})

test('what is looked at once an hour is not stalled in between', async () => {
  const { intent } = await approved()
  await finish(intent, 'unknown')
  await later('2 days')
  await finish(intent, 'unknown')
  const due = () =>
    adminSql`select run_at > now() + interval '50 minutes' as waits from graphile_worker.jobs where key = ${`execute:${intent.id}`}`
  expect(await due()).toEqual([{ waits: true }])
  await later('10 minutes')
  await scheduleStalledWork()
  expect(await due()).toEqual([{ waits: true }])
})

test('what nobody approved in time ends, once, and gives back what it held', async () => {
  const agent = await makeAgent(adminSql)
  const intent = await propose(agent, { amount: 5 })
  await expireIntent({ intentId: intent.id })
  const statusOf = async () => (await adminSql`select status from public.intents where id = ${intent.id}`)[0]?.status
  expect(await statusOf()).toBe('needs_approval')
  await loseEveryJob()
  await later('25 hours')
  await scheduleStalledWork()
  expect(await jobs()).toEqual([`expire_intent expire_intent:${intent.id}`])
  for (let time = 0; time < 2; time++) await expireIntent({ intentId: intent.id })
  expect(await statusOf()).toBe('expired')
  const [account] =
    await adminSql`select held::text from public.ledger_accounts where wallet_id = ${agent.walletId} and kind = 'wallet'`
  expect(account?.held).toBe('0')
  await expectSoundLedger(adminSql)
})

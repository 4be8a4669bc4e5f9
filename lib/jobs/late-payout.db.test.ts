import { expect, test } from 'vitest'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { bury, look, pay, read, stripeAddress, transferOf, usdc } from '#supabase/tests/support/purchase.ts'
import { ageTransfer } from '#supabase/tests/support/waits.ts'

// Found by the simulation: the job of the delivery was the only thing that moved a purchase whose payout had come late.

const { adminSql, as } = await testDatabase()

test('a purchase whose payout was missing for long, and is confirmed, is delivered though the job of its delivery was lost', async () => {
  const session = await pay({ asset: 'MUSD' })
  const { id } = await transferOf(session, 'stripe_payout')
  await ageTransfer(adminSql, id, '16 minutes')
  await look(id, { state: 'absent' })
  expect(await read(session)).toMatchObject({ status: 'needs_attention', attention_code: 'funding_unverified' })
  await bury(id, { amount: usdc, from: stripeAddress })

  await adminSql`delete from graphile_worker._private_jobs`
  await adminSql.begin((tx) => [
    tx`set local session_replication_role = replica`,
    tx`update public.onramp_sessions set updated_at = updated_at - interval '61 seconds' where id = ${session.id}`,
  ])
  await as({ role: 'worker' })((sql) => sql`select app.schedule_stalled_work()`)
  const jobs = await adminSql`select key from graphile_worker.jobs where task_identifier = 'deliver_onramp_session'`
  expect(jobs).toEqual([{ key: `deliver:${session.id}` }])
})

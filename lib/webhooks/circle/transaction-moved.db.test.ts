import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { depositMoved, transferMoved } from '#lib/webhooks/circle/transaction-moved.ts'
import { finish, makeAgent, propose, setGuards } from '#supabase/tests/support/agents.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'

const { adminSql, as } = await testDatabase()

const isDue = async (key: string) =>
  (await adminSql`select from graphile_worker.jobs where key = ${key} and run_at <= now()`).length === 1

/** A payment that Circle is asked for. */
async function started() {
  const agent = await makeAgent(adminSql)
  await setGuards(agent, [{ type: 'single_payment', max: '50.00' }])
  const intent = await propose(agent, { amount: 5 })
  await as({ role: 'worker' })((sql) => sql`select app.start_intent(${intent.id}, 1)`)
  await adminSql`delete from graphile_worker._private_jobs`
  const [transfer] = await adminSql`select id from public.circle_transfers where intent_id = ${intent.id}`
  return { agent, intent, transfer: transfer?.id }
}

test('a transfer that Circle tells of is looked at now, also before we know Circle’s id, and however often it is told', async () => {
  const { intent, transfer } = await started()
  const told = { notification: { id: randomUUID(), refId: transfer, state: 'COMPLETE' } }
  for (let time = 0; time < 3; time++) expect(await transferMoved(told)).toEqual({ outcome: 'processed' })
  expect(await isDue(`execute:${intent.id}`)).toBe(true)
  const [row] = await adminSql`select status from public.intents where id = ${intent.id}`
  expect(row?.status).toBe('executing')
})

test('what Circle tells of one that ended, or of none of ours, changes nothing', async () => {
  const { intent, transfer } = await started()
  await finish(intent, 'settled')
  await adminSql`delete from graphile_worker._private_jobs`
  for (const refId of [transfer, randomUUID(), null]) {
    const late = { notification: { id: randomUUID(), refId, state: 'FAILED' } }
    expect(await transferMoved(late)).toMatchObject({ outcome: 'ignored' })
  }
  expect(await transferMoved({ notification: 'none' })).toMatchObject({ outcome: 'ignored' })
  expect(await isDue(`execute:${intent.id}`)).toBe(false)
  const [row] = await adminSql`select status from public.intents where id = ${intent.id}`
  expect(row?.status).toBe('settled')
})

test('a deposit has the wallet read on chain, and nothing is booked on Circle’s word', async () => {
  const { agent } = await started()
  const [wallet] = await adminSql`select circle_wallet_id from public.wallets where id = ${agent.walletId}`
  const told = { notification: { id: randomUUID(), walletId: wallet?.circle_wallet_id, amounts: ['1000'] } }
  expect(await depositMoved(told)).toEqual({ outcome: 'processed' })
  expect(await isDue(`read_wallet:${agent.walletId}`)).toBe(true)
  const [account] =
    await adminSql`select posted::text from public.ledger_accounts where wallet_id = ${agent.walletId} and kind = 'wallet'`
  expect(account?.posted).toBe('1000000000')
  expect(await depositMoved({ notification: { walletId: randomUUID() } })).toMatchObject({ outcome: 'ignored' })
})

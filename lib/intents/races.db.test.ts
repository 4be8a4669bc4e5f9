import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import {
  decide,
  finish,
  makeAgent,
  observe,
  propose,
  setGuards,
  type TestAgent,
} from '#supabase/tests/support/agents.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { expectSoundLedger } from '#supabase/tests/support/ledger.ts'
import { connectionsWaitForALock, hold } from '#supabase/tests/support/waits.ts'

// Everything at once: no budget is overspent, no balance promised twice, no payment decided twice.

const { adminSql, as, url } = await testDatabase()

const atOnce = <Result>(count: number, work: (index: number) => Promise<Result>) =>
  Promise.allSettled(Array.from({ length: count }, (_, index) => work(index)))

const budgetOf = async (agent: TestAgent) =>
  (
    await adminSql`select used_micros::text as used, reserved_micros::text as reserved, payments from private.spend_buckets
      where scope_id = ${agent.id} and step = 'total'`
  )[0]

const heldOf = async (agent: TestAgent) =>
  (
    await adminSql`select held::text from public.ledger_accounts where wallet_id = ${agent.walletId} and kind = 'wallet'`
  )[0]?.held

describe('fifty proposals at once', () => {
  test('against a budget for ten: exactly ten are approved, and the counters say so', async () => {
    const agent = await makeAgent(adminSql)
    await setGuards(agent, [{ type: 'budget', period: 'day', limit: '10.00' }])
    const outcomes = await atOnce(50, () => propose(agent, { amount: 1 }))
    const statuses = outcomes.map((each) => (each.status === 'fulfilled' ? each.value.status : String(each.reason)))
    expect(statuses.filter((status) => status === 'approved')).toHaveLength(10)
    expect(statuses.filter((status) => status === 'denied')).toHaveLength(40)
    expect(await budgetOf(agent)).toEqual({ used: '0', reserved: '10000000', payments: 10 })
    expect(await heldOf(agent)).toBe('10000000')
    await expectSoundLedger(adminSql)
  })

  test('of more than the wallet holds: no more is promised than there is', async () => {
    const agent = await makeAgent(adminSql, { balance: 10 })
    const outcomes = await atOnce(50, () => propose(agent, { amount: 1 }))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(10)
    const refusals = outcomes.flatMap((each) => (each.status === 'rejected' ? [each.reason.code] : []))
    expect(new Set(refusals)).toEqual(new Set(['insufficient_balance']))
    expect(await heldOf(agent)).toBe('10000000')
  })

  test('under one idempotency key: one payment, told fifty times', async () => {
    const agent = await makeAgent(adminSql)
    const key = randomUUID()
    const outcomes = await atOnce(50, () => propose(agent, { amount: 1, key }))
    const ids = outcomes.map((each) => (each.status === 'fulfilled' ? each.value.id : String(each.reason)))
    expect(new Set(ids).size).toBe(1)
    expect(await heldOf(agent)).toBe('1000000')
  })
})

test('two agents of one person cannot both take the last of the budget', async () => {
  const one = await makeAgent(adminSql)
  const two = await makeAgent(adminSql, { owner: one.owner })
  await setGuards(one, [{ type: 'budget', period: 'day', limit: '5.00' }], 'person')
  const outcomes = await atOnce(20, (index) => propose(index % 2 ? one : two, { amount: 1 }))
  const approved = outcomes.filter((each) => each.status === 'fulfilled' && each.value.status === 'approved')
  expect(approved).toHaveLength(5)
})

test('a payment is decided once, however often and however differently it is tried', async () => {
  const agent = await makeAgent(adminSql)
  const intent = await propose(agent)
  const outcomes = await atOnce(10, (index) => decide(agent, intent, index % 2 ? 'approve' : 'deny'))
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  const [decision] = await adminSql`select decision from public.intent_approvals where intent_id = ${intent.id}`
  const [row] = await adminSql`select status from public.intents where id = ${intent.id}`
  expect(row?.status).toBe(decision?.decision === 'approve' ? 'approved' : 'denied')
  expect(await heldOf(agent)).toBe(decision?.decision === 'approve' ? '1000000' : '0')
})

test('what begins to move is not cancelled at the same moment', async () => {
  const agent = await makeAgent(adminSql)
  await setGuards(agent, [{ type: 'single_payment', max: '5.00' }])
  const intent = await propose(agent)
  const start = await hold(url, { role: 'worker' }, (sql) => sql`select app.start_intent(${intent.id}, 1)`)
  const cancelled = expect(as(agent.owner)((sql) => sql`select app.cancel_intent(${intent.id})`)).rejects.toMatchObject(
    { status: 409 },
  )
  await connectionsWaitForALock(adminSql)
  await start.commit()
  await cancelled
  expect(await heldOf(agent)).toBe('1000000')
})

test('freezing ends what waits, and nothing starts after it', async () => {
  const agent = await makeAgent(adminSql)
  await setGuards(agent, [{ type: 'single_payment', max: '5.00' }])
  const intent = await propose(agent)
  await as(agent.owner)((sql) => sql`select app.freeze_agent(${agent.id}, true)`)
  const [started] = await as({ role: 'worker' })((sql) => sql`select app.start_intent(${intent.id}, 1) as status`)
  expect(started?.status).toBe('cancelled')
  await expect(propose(agent)).rejects.toMatchObject({ status: 409 })
  expect(await heldOf(agent)).toBe('0')
  await as(agent.owner)((sql) => sql`select app.freeze_agent(${agent.id}, false)`)
  expect(await propose(agent)).toMatchObject({ status: 'approved' })
})

test('a hold ends once, whatever comes again', async () => {
  const agent = await makeAgent(adminSql)
  await setGuards(agent, [{ type: 'budget', period: 'day', limit: '10.00' }])
  const intent = await propose(agent, { amount: 4 })
  await finish(intent, 'unknown')
  const [transfer] = await adminSql`select * from public.circle_transfers where intent_id = ${intent.id}`
  await atOnce(8, (index) => observe(intent, transfer ?? {}, index % 2 ? 'settled' : 'failed'))
  const [row] = await adminSql`select status from public.intents where id = ${intent.id}`
  expect(await budgetOf(agent)).toEqual(
    row?.status === 'settled'
      ? { used: '4000000', reserved: '0', payments: 1 }
      : { used: '0', reserved: '0', payments: 0 },
  )
  expect(await heldOf(agent)).toBe('0')
  await expectSoundLedger(adminSql)
})

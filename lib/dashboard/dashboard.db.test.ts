import { describe, expect, test } from 'vitest'
import { getDashboard } from '#lib/dashboard/get.ts'
import type { Dashboard } from '#lib/dashboard/schema.ts'
import {
  decide,
  finish,
  makeAgent,
  newPerson,
  propose,
  setGuards,
  simulate,
  type TestAgent,
} from '#supabase/tests/support/agents.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'

// The numbers of the dashboard are those by which payments are decided, and nobody else's.

const { adminSql } = await testDatabase()
const generous = [{ type: 'single_payment', max: '1000.00' }]
const today = ({ days }: Dashboard) => days.at(-1)

async function spender(guards: unknown[] = generous): Promise<TestAgent> {
  const agent = await makeAgent(adminSql)
  await setGuards(agent, guards)
  return agent
}

test('whoever has nothing sees nothing, and thirty days of it', async () => {
  const dashboard = await getDashboard(await newPerson(adminSql))
  expect(dashboard).toMatchObject({
    agents: [],
    balances: [],
    budgets: [],
    outcomes: {},
    moving: 0,
    waiting: [],
    recent: [],
  })
  expect(dashboard.days).toHaveLength(30)
  expect(today(dashboard)).toEqual({
    day: new Date().toISOString().slice(0, 10),
    used: '0.00',
    reserved: '0.00',
    payments: 0,
  })
})

test('another person’s money is not in it', async () => {
  const mine = await spender()
  const other = await spender()
  await setGuards(other, [{ type: 'budget', period: 'day', limit: '10.00' }])
  await propose(other, { amount: 5 })
  const dashboard = await getDashboard(mine.owner)
  expect(dashboard).toMatchObject({ agents: [{ id: mine.id }], balances: [{ walletId: mine.walletId }], budgets: [] })
  expect(dashboard.recent).toEqual([])
  expect(today(dashboard)).toMatchObject({ used: '0.00', reserved: '0.00' })
})

test('an agent’s key does not read it', async () => {
  const { actor } = await spender()
  await expect(getDashboard(actor)).rejects.toMatchObject({ status: 403 })
})

describe('money', () => {
  test('is used once it is paid, reserved until then, and given back when it certainly was not paid', async () => {
    const agent = await spender()
    await finish(await propose(agent, { amount: 30 }), 'settled')
    await finish(await propose(agent, { amount: 4 }), 'unknown')
    await finish(await propose(agent, { amount: 9 }), 'failed')
    await propose(agent, { amount: 0.5 })
    const dashboard = await getDashboard(agent.owner)
    expect(today(dashboard)).toMatchObject({ used: '30.00', reserved: '4.50', payments: 3 })
    expect(dashboard.balances).toMatchObject([
      { agentId: agent.id, balance: '970.00', held: '4.50', available: '965.50' },
    ])
    expect(dashboard.moving).toBe(1)
  })

  test('of every agent of the person is counted', async () => {
    const first = await spender()
    const second = await makeAgent(adminSql, { owner: first.owner, balance: 5 })
    await setGuards(second, generous)
    await propose(first, { amount: 1 })
    await propose(second, { amount: 2 })
    const dashboard = await getDashboard(first.owner)
    expect(dashboard.balances.map(({ balance }) => balance)).toEqual(['1000.00', '5.00'])
    expect(today(dashboard)).toMatchObject({ reserved: '3.00', payments: 2 })
  })
})

describe('a budget', () => {
  test.each(['fixed', 'rolling'])('with a %s window says what its guard says', async (window) => {
    const agent = await spender(
      ['hour', 'day', 'week', 'month'].map((period) => ({ type: 'budget', period, window, limit: '20.00' })),
    )
    await setGuards(agent, [{ type: 'budget', period: 'total', limit: '500.00' }], 'person')
    await finish(await propose(agent, { amount: 7 }), 'settled')
    await propose(agent, { amount: 2.5 })
    const { budgets } = await getDashboard(agent.owner)
    expect(budgets.map(({ agentId, period }) => [agentId, period])).toEqual([
      [null, 'total'],
      ...['hour', 'day', 'week', 'month'].map((period) => [agent.id, period]),
    ])
    const judged = (await simulate(agent)).guardResults as { rule: { period: string }; remaining: string }[]
    for (const budget of budgets) {
      expect(budget).toMatchObject({ used: '7.00', reserved: '2.50' })
      expect(budget.remaining).toBe(judged.find(({ rule }) => rule.period === budget.period)?.remaining)
    }
  })

  test('that was replaced is no more, and nothing less than nothing is left of one that was lowered', async () => {
    const agent = await spender([{ type: 'budget', period: 'day', limit: '100.00' }])
    await propose(agent, { amount: 60 })
    await setGuards(agent, [{ type: 'budget', period: 'day', limit: '50.00' }])
    expect((await getDashboard(agent.owner)).budgets).toMatchObject([
      { limit: '50.00', reserved: '60.00', remaining: '0.00' },
    ])
  })
})

test('what waits for a person stands in the order in which it ends, and nothing else does', async () => {
  const agent = await spender([{ type: 'approval', threshold: '5.00' }])
  const first = await propose(agent, { amount: 6 })
  const second = await propose(agent, { amount: 7 })
  const third = await propose(agent, { amount: 8 })
  await propose(agent, { amount: 1 })
  await decide(agent, second, 'deny')
  const { waiting, waitingCount } = await getDashboard(agent.owner)
  expect(waiting.map(({ id }) => id)).toEqual([first.id, third.id])
  expect(waitingCount).toBe(2)
})

test('what nobody is certain about stands after what waits for a person, and is not counted with it', async () => {
  const agent = await spender([{ type: 'approval', threshold: '5.00' }])
  const unclear = await propose(agent, { amount: 1 })
  await finish(unclear, 'unknown')
  const asked = await propose(agent, { amount: 6 })
  const { waiting, waitingCount } = await getDashboard(agent.owner)
  expect(waiting.map(({ id, status }) => [id, status])).toEqual([
    [asked.id, 'needs_approval'],
    [unclear.id, 'unknown'],
  ])
  expect(waitingCount).toBe(1)
})

test('the last hundred that ended are counted by how, and the newest are listed first', async () => {
  const agent = await spender([...generous, { type: 'approval', threshold: '500.00' }])
  for (const end of ['settled', 'settled', 'failed'] as const) await finish(await propose(agent), end)
  await propose(agent, { amount: 900 }).then((intent) => decide(agent, intent, 'deny'))
  const last = await propose(agent)
  const dashboard = await getDashboard(agent.owner)
  expect(dashboard.outcomes).toEqual({ settled: 2, failed: 1, denied: 1 })
  expect(dashboard.recent).toHaveLength(5)
  expect(dashboard.recent[0]?.id).toBe(last.id)
})

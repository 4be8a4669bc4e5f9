import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { PersonActor } from '#lib/auth/actor.ts'
import {
  decide,
  finish,
  makeAgent,
  merchant,
  propose,
  setGuards,
  type TestAgent,
} from '#supabase/tests/support/agents.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'

// Past payments under edited guards: judged as they would have been, in their order, and nothing is written.

const { adminSql, as } = await testDatabase()

const other = '0x1111111111111111111111111111111111111111'

type Replay = {
  payments: { intentId: string; then: string; saved: string; edited: string; amount: string }[]
  saved: Record<string, { payments: number; dollars: string }>
  edited: Record<string, { payments: number; dollars: string }>
}

async function replay(
  agent: TestAgent,
  guards: unknown[],
  { whose = 'agent', actor = agent.owner }: { whose?: 'agent' | 'person'; actor?: PersonActor } = {},
): Promise<Replay> {
  const [row] = await as(actor)(
    (sql) =>
      sql`select app.replay_guards(${whose === 'agent' ? agent.id : null}, ${sql.json(guards as never)}, 100) as answer`,
  )
  return row?.answer
}
/** What would have become of each, in the order they were proposed. */
const editedOf = ({ payments }: Replay) => payments.map(({ edited }) => edited).reverse()

describe('a replay', () => {
  test('lets through what a larger budget would have, and no more than that budget', async () => {
    const agent = await makeAgent(adminSql)
    await setGuards(agent, [{ type: 'budget', period: 'day', limit: '5.00' }])
    for (let n = 0; n < 4; n++) await propose(agent, { amount: 5 })
    const answer = await replay(agent, [{ type: 'budget', period: 'day', limit: '15.00' }])
    expect(editedOf(answer)).toEqual(['approved', 'approved', 'approved', 'denied'])
    expect(answer.payments.map(({ then }) => then).reverse()).toEqual(['approved', 'denied', 'denied', 'denied'])
    expect(answer.saved.approved).toEqual({ payments: 1, dollars: '5.00' })
    expect(answer.edited.approved).toEqual({ payments: 3, dollars: '15.00' })
    expect(answer.edited.denied).toEqual({ payments: 1, dollars: '5.00' })
  })

  test('takes nothing for a payment that would have been refused', async () => {
    const agent = await makeAgent(adminSql)
    await setGuards(agent, [{ type: 'budget', period: 'day', limit: '100.00' }])
    for (const amount of [9, 4, 3, 3]) await propose(agent, { amount })
    const answer = await replay(agent, [
      { type: 'budget', period: 'day', limit: '8.00' },
      { type: 'single_payment', max: '8.00' },
    ])
    expect(editedOf(answer)).toEqual(['denied', 'approved', 'approved', 'denied'])
  })

  test('counts what was spent before the first of them, and gives back what failed', async () => {
    const agent = await makeAgent(adminSql)
    await setGuards(agent, [{ type: 'budget', period: 'total', limit: '100.00' }])
    await propose(agent, { amount: 6 })
    await finish(await propose(agent, { amount: 3 }), 'failed')
    await propose(agent, { amount: 4 })
    const [row] = await as(agent.owner)(
      (sql) =>
        sql`select app.replay_guards(${agent.id}, ${sql.json([{ type: 'budget', period: 'total', limit: '10.00' }])}, 1) as answer`,
    )
    expect(editedOf(row?.answer)).toEqual(['approved'])
    expect(row?.answer.payments[0].guardResults[0]).toMatchObject({ used: '6.00', remaining: '4.00' })
  })

  test('keeps a person’s no where they would be asked again, and pays where they would not', async () => {
    const agent = await makeAgent(adminSql)
    await decide(agent, await propose(agent, { amount: 5 }), 'deny')
    await propose(agent, { amount: 5 })
    const asks = await replay(agent, [
      { type: 'approval', threshold: '0' },
      { type: 'budget', period: 'day', limit: '5.00' },
    ])
    expect(editedOf(asks)).toEqual(['needs_approval', 'needs_approval'])
    const pays = await replay(agent, [{ type: 'budget', period: 'day', limit: '5.00' }])
    expect(editedOf(pays)).toEqual(['approved', 'denied'])
  })

  test('knows whom had been paid by then, and what had been paid already', async () => {
    const agent = await makeAgent(adminSql)
    await setGuards(agent, [{ type: 'single_payment', max: '100.00' }])
    await finish(await propose(agent, { amount: 1 }), 'settled')
    await propose(agent, { amount: 2 })
    await propose(agent, { amount: 2 })
    await propose(agent, { amount: 2, recipient: other })
    expect(editedOf(await replay(agent, [{ type: 'new_recipient', action: 'ask' }]))).toEqual([
      'needs_approval',
      'approved',
      'approved',
      'needs_approval',
    ])
    expect(editedOf(await replay(agent, [{ type: 'duplicate', minutes: '5' }]))).toEqual([
      'approved',
      'approved',
      'needs_approval',
      'approved',
    ])
  })

  test('takes nobody for paid whose payment was approved and had not arrived yet', async () => {
    const one = await makeAgent(adminSql)
    const two = await makeAgent(adminSql, { owner: one.owner })
    await setGuards(one, [{ type: 'new_recipient', action: 'ask' }])
    await setGuards(one, [{ type: 'approval', threshold: '2.00' }], 'person')
    await propose(two, { amount: 1 })
    await propose(one, { amount: 1 })
    const answer = await replay(one, [{ type: 'approval', threshold: '2.00' }], { whose: 'person' })
    expect(editedOf(answer)).toEqual(['approved', 'needs_approval'])
  })

  test('of a person’s guards holds for all agents, each with its own guards beside', async () => {
    const one = await makeAgent(adminSql)
    const two = await makeAgent(adminSql, { owner: one.owner })
    await setGuards(one, [{ type: 'single_payment', max: '100.00' }])
    await setGuards(two, [{ type: 'single_payment', max: '3.00' }])
    await propose(one, { amount: 4 })
    await propose(two, { amount: 3 })
    await propose(two, { amount: 4 })
    await propose(one, { amount: 4 })
    const guards = [{ type: 'budget', period: 'day', limit: '7.00' }]
    expect(editedOf(await replay(one, guards, { whose: 'person' }))).toEqual([
      'approved',
      'approved',
      'denied',
      'denied',
    ])
    // The other agent's payments are no part of this one's replay, yet its person's budget counts them.
    await setGuards(one, guards, 'person')
    expect(editedOf(await replay(one, [{ type: 'single_payment', max: '100.00' }]))).toEqual(['approved', 'denied'])
  })

  test('is of one’s own agents only, and refuses what is no guard', async () => {
    const agent = await makeAgent(adminSql)
    const stranger = await makeAgent(adminSql)
    await propose(agent)
    await expect(replay(agent, [], { actor: stranger.owner })).rejects.toMatchObject({ status: 404 })
    expect((await replay(agent, [], { actor: stranger.owner, whose: 'person' })).payments).toEqual([])
    await expect(replay(agent, [{ type: 'budget', period: 'day' }])).rejects.toMatchObject({ code: 'invalid_guards' })
    await expect(as(agent.actor)((sql) => sql`select app.replay_guards(${agent.id}, '[]', 1)`)).rejects.toMatchObject({
      code: '42501',
    })
  })
})

const dollars = fc.integer({ min: 0, max: 12 }).map((n) => `${n}.00`)
const guard = fc.oneof(
  fc.record({
    type: fc.constant('budget'),
    period: fc.constantFrom('hour', 'day', 'week', 'month', 'total'),
    window: fc.constantFrom('fixed', 'rolling'),
    limit: fc.integer({ min: 3, max: 25 }).map((n) => `${n}.00`),
  }),
  fc.record({
    type: fc.constant('rate'),
    period: fc.constantFrom('hour', 'day'),
    limit: fc.integer({ min: 1, max: 6 }),
  }),
  fc.record({ type: fc.constant('single_payment'), max: dollars }),
  fc.record({ type: fc.constant('approval'), threshold: dollars }),
  fc.record({ type: fc.constant('new_recipient'), action: fc.constant('ask') }),
  fc.record({ type: fc.constant('duplicate'), minutes: fc.constantFrom(1, 60) }),
  fc.record({
    type: fc.constant('recipients'),
    mode: fc.constantFrom('allow', 'block'),
    addresses: fc.constantFrom([merchant], [other], [merchant, other]),
  }),
)
const payment = fc.record({
  of: fc.constantFrom('one', 'two'),
  amount: fc.integer({ min: 1, max: 6 }),
  recipient: fc.constantFrom(merchant, other),
  ends: fc.constantFrom('settled', 'unknown', null),
})

test('by the guards that held, a replay says of every payment what was said then', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(guard, { maxLength: 3 }),
      fc.array(guard, { maxLength: 2 }),
      fc.array(payment, { minLength: 1, maxLength: 8 }),
      async (agentGuards, personGuards, payments) => {
        const one = await makeAgent(adminSql)
        const two = await makeAgent(adminSql, { owner: one.owner })
        await setGuards(one, agentGuards)
        await setGuards(one, personGuards, 'person')
        for (const { of, ends, ...proposal } of payments) {
          const intent = await propose(of === 'one' ? one : two, proposal)
          if (ends && intent.status === 'approved') await finish(intent, ends)
        }
        for (const [whose, guards] of [
          ['agent', agentGuards],
          ['person', personGuards],
        ] as const) {
          const answer = await replay(one, guards, { whose })
          expect(answer.payments.map(({ edited }) => edited)).toEqual(answer.payments.map(({ then }) => then))
          expect(answer.payments.map(({ saved }) => saved)).toEqual(answer.payments.map(({ then }) => then))
        }
      },
    ),
    { numRuns: 25 },
  )
}, 60_000)

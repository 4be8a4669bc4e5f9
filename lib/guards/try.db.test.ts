import { expect, test } from 'vitest'
import { dollars, makeAgent, merchant, propose, setGuards, type TestAgent } from '#supabase/tests/support/agents.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'

// A payment that could be made now, under guards that are not saved.

const { adminSql, as } = await testDatabase()

async function attempt(
  agent: TestAgent,
  guards: object[],
  amount: number,
  { of = agent.id as string | null, by = agent } = {},
) {
  const [row] = await as(by.owner)(
    (
      sql,
    ) => sql`select app.try_guards(${of}, ${sql.json(guards as never)}, ${agent.walletId}, ${merchant}, ${dollars(amount)},
      'USDC', null) as answer`,
  )
  return row?.answer
}

test('is judged by the edited guards, beside what the saved ones say', async () => {
  const agent = await makeAgent(adminSql)
  await setGuards(agent, [{ type: 'budget', period: 'day', limit: '10.00' }])
  await propose(agent, { amount: 6 })
  const before = await adminSql`select count(*) from public.intents`
  const answer = await attempt(agent, [{ type: 'budget', period: 'day', limit: '20.00' }], 5)
  expect(answer).toMatchObject({
    status: 'approved',
    saved: 'denied',
    heldBack: null,
    recipientAddress: merchant,
    guardResults: [{ scope: 'agent', guard: 'budget', outcome: 'pass', used: '6.00', remaining: '14.00' }],
  })
  expect(await adminSql`select count(*) from public.intents`).toEqual(before)
  expect((await propose(agent, { amount: 5 })).status).toBe('denied')
})

test('without any guard a person is asked', async () => {
  const agent = await makeAgent(adminSql)
  await setGuards(agent, [{ type: 'single_payment', max: '100.00' }])
  expect(await attempt(agent, [], 5)).toMatchObject({ status: 'needs_approval', saved: 'approved', guardResults: [] })
})

test('a person’s guards are tried with those that each agent has', async () => {
  const agent = await makeAgent(adminSql)
  await setGuards(agent, [{ type: 'single_payment', max: '100.00' }])
  const answer = await attempt(agent, [{ type: 'approval', threshold: '5.00' }], 5, { of: null })
  expect(answer).toMatchObject({
    status: 'needs_approval',
    saved: 'approved',
    guardResults: [
      { scope: 'agent', outcome: 'pass' },
      { scope: 'person', outcome: 'ask' },
    ],
  })
})

test('says what holds it back whatever the guards say', async () => {
  const agent = await makeAgent(adminSql, { balance: 3 })
  const guards = [{ type: 'single_payment', max: '100.00' }]
  expect((await attempt(agent, guards, 4)).heldBack).toMatch(/holds less/)
  expect((await attempt(agent, guards, 3)).heldBack).toBeNull()
  await as(agent.owner)((sql) => sql`select app.freeze_agent(${agent.id}, true)`)
  expect((await attempt(agent, guards, 3)).heldBack).toMatch(/frozen/)
})

test('is for the person’s own wallets, of the agent whose guards are edited', async () => {
  const agent = await makeAgent(adminSql)
  const sister = await makeAgent(adminSql, { owner: agent.owner })
  const stranger = await makeAgent(adminSql)
  await expect(attempt(agent, [], 1, { by: stranger })).rejects.toMatchObject({ status: 404 })
  await expect(attempt(agent, [], 1, { of: sister.id })).rejects.toMatchObject({ status: 404 })
  await expect(
    as(agent.actor)((sql) => sql`select app.try_guards(null, '[]', ${agent.walletId}, ${merchant}, 1, 'USDC', null)`),
  ).rejects.toMatchObject({ code: '42501' })
})

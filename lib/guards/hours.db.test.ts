import { expect, test } from 'vitest'
import { makeAgent, propose, setGuards } from '#supabase/tests/support/agents.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'

// Hours by the clocks of their zone, over midnight too; and what a guard must say to be one.

const { adminSql, as } = await testDatabase()

const office = { type: 'hours', from: '09:00', to: '17:30', days: [1, 2, 3, 4, 5], zone: 'Europe/Berlin' }
const night = { type: 'hours', from: '22:00', to: '06:00', days: [5] }

test.each([
  // Berlin is an hour ahead in winter and two in summer.
  [office, '2026-01-12T08:00:00Z', true],
  [office, '2026-01-12T07:59:59Z', false],
  [office, '2026-01-12T16:29:59Z', true],
  [office, '2026-01-12T16:30:00Z', false],
  [office, '2026-07-13T07:00:00Z', true],
  [office, '2026-07-13T15:30:00Z', false],
  [office, '2026-01-17T12:00:00Z', false],
  // From Friday night to Saturday morning, and at no other time.
  [night, '2026-01-16T21:59:59Z', false],
  [night, '2026-01-16T22:00:00Z', true],
  [night, '2026-01-17T05:59:59Z', true],
  [night, '2026-01-17T06:00:00Z', false],
  [night, '2026-01-16T05:00:00Z', false],
  [night, '2026-01-17T22:00:00Z', false],
  [{ type: 'hours', from: '00:00', to: '24:00', days: [7] }, '2026-01-18T23:59:59Z', true],
  [{ type: 'hours', from: '00:00', to: '24:00', days: [7] }, '2026-01-19T00:00:00Z', false],
])('%j at %s: %s', async (guard, at, expected) => {
  const [row] = await adminSql`select private.is_within_hours(${adminSql.json(guard)}, ${at}) as within`
  expect(row?.within).toBe(expected)
})

test('outside them a payment is refused, with the hours in the reason', async () => {
  const agent = await makeAgent(adminSql)
  const hour = (from: number) => `${String((new Date().getUTCHours() + from + 24) % 24).padStart(2, '0')}:00`
  await setGuards(agent, [{ type: 'hours', from: hour(2), to: hour(3), days: [1, 3] }])
  expect(await propose(agent)).toMatchObject({
    status: 'denied',
    reason: `Outside the hours in which it may pay (Mon, Wed, ${hour(2)} to ${hour(3)}, UTC).`,
  })
})

test.each([
  [{ type: 'hours', from: '09:00', to: '09:00' }],
  [{ type: 'hours', from: '24:00', to: '09:00' }],
  [{ type: 'hours', from: '09:00', to: '17:00', days: [] }],
  [{ type: 'hours', from: '09:00', to: '17:00', days: [8] }],
  [{ type: 'hours', from: '09:00', to: '17:00', zone: 'Mars/Olympus' }],
  [{ type: 'budget', period: 'day', limit: '-1' }],
  [{ type: 'budget', period: 'day', limit: '1e3' }],
  [{ type: 'budget', period: 'day', limit: '１０' }],
  [{ type: 'budget', period: 'day', limit: '1.0000001' }],
  [{ type: 'budget', period: 'day', limit: '5.00', unless: 'friday' }],
  [{ type: 'rate', period: 'day', limit: 0 }],
  [{ type: 'single_payment' }],
  [{ type: 'single_payment', min: '5.00', max: '4.00' }],
  [{ type: 'recipients', mode: 'allow' }],
  [{ type: 'recipients', mode: 'allow', addresses: [] }],
  [{ type: 'recipients', mode: 'block', addresses: ['0x00000000000000000000000000000000000C0FFE'] }],
  [{ type: 'recipients', mode: 'allow', domains: ['%.example'] }],
  [{ type: 'new_recipient', action: 'wait' }],
  [{ type: 'new_recipient', action: 'ask', waitMinutes: 5 }],
  [{ type: 'trust_everybody' }],
  ['budget'],
  [null],
])('%j is no guard', async (guard) => {
  const agent = await makeAgent(adminSql)
  await expect(setGuards(agent, [guard])).rejects.toMatchObject({ status: 422, code: 'invalid_guards' })
  const rows = await adminSql`select from public.guard_sets where agent_id = ${agent.id}`
  expect(rows).toHaveLength(0)
})

test('a version that another has replaced meanwhile is not saved', async () => {
  const agent = await makeAgent(adminSql)
  const save = (guards: object[], version: number) =>
    as(agent.owner)(
      (sql) => sql`select app.set_guards(${agent.id}, ${sql.json(guards as never)}, ${version}) as version`,
    )
  const [budget, rate] = [
    { type: 'budget', period: 'day', limit: '5.00' },
    { type: 'rate', period: 'day', limit: 3 },
  ]
  expect(await save([budget], 0)).toEqual([{ version: 1 }])
  expect(await save([budget, rate], 1)).toEqual([{ version: 2 }])
  await expect(save([rate], 1)).rejects.toMatchObject({ status: 409 })
  expect(await save([budget, rate], 2)).toEqual([{ version: 2 }])
  const rows =
    await adminSql`select version, guards from public.guard_sets where agent_id = ${agent.id} order by version`
  expect(rows).toEqual([
    { version: 1, guards: [budget] },
    { version: 2, guards: [budget, rate] },
  ])
})

test('a duplicate is one by the same agent, or by anything of the person’s where their own guard asks', async () => {
  const one = await makeAgent(adminSql)
  const two = await makeAgent(adminSql, { owner: one.owner })
  for (const agent of [one, two]) await setGuards(agent, [{ type: 'duplicate', minutes: 5 }])
  expect((await propose(one, { amount: 2 })).status).toBe('approved')
  expect((await propose(two, { amount: 2 })).status).toBe('approved')
  await setGuards(one, [{ type: 'duplicate', minutes: 1 }], 'person')
  await setGuards(two, [{ type: 'single_payment', max: '100.00' }])
  expect((await propose(one, { amount: 3 })).status).toBe('approved')
  expect(await propose(two, { amount: 3 })).toMatchObject({
    status: 'needs_approval',
    guardResults: [{ outcome: 'pass' }, { reason: 'The same amount went to the same recipient within 1 minute.' }],
  })
})

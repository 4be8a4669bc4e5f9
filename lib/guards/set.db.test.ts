import { describe, expect, test } from 'vitest'
import { getGuards } from '#lib/guards/get.ts'
import { listGuardVersions } from '#lib/guards/list-versions.ts'
import { replayGuards } from '#lib/guards/replay.ts'
import { setGuards } from '#lib/guards/set.ts'
import { tryGuards } from '#lib/guards/try.ts'
import { makeAgent, propose, setGuards as setInSql } from '#supabase/tests/support/agents.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'

// Guards through the verbs, as the routes call them. What is refused leaves what held before.

const { adminSql, as } = await testDatabase()

const address = '0x90F79bf6EB2c4f870365E785982E1f101E93b906'
const budget = { type: 'budget', period: 'day', limit: '10.00' }

const countOf = async (agentId: string) =>
  (await adminSql`select from public.guard_sets where agent_id = ${agentId}`).length

test('are set, read and listed, each version as it was', async () => {
  const agent = await makeAgent(adminSql)
  const whose = { agentId: agent.id }
  expect(await getGuards(agent.owner, whose)).toEqual({ version: 0, guards: [], setAt: null })
  await setGuards(agent.owner, whose, { guards: [budget], version: 0 })
  const second = [
    {
      type: 'recipients',
      mode: 'allow',
      addresses: [address.toUpperCase().replace('0X', '0x')],
      domains: ['Shop.Example'],
    },
  ]
  const set = await setGuards(agent.owner, whose, { guards: second })
  expect(set).toMatchObject({
    version: 2,
    guards: [{ type: 'recipients', mode: 'allow', addresses: [address], domains: ['shop.example'] }],
  })
  const [stored] = await adminSql`select guards from public.guard_sets where agent_id = ${agent.id} and version = 2`
  expect(stored?.guards[0].addresses).toEqual([address.toLowerCase()])
  const first = await listGuardVersions(agent.owner, whose, { limit: 1 })
  expect(first.versions).toEqual([set])
  const { versions, nextCursor } = await listGuardVersions(agent.owner, whose, {
    cursor: first.nextCursor ?? '',
    limit: 1,
  })
  expect(versions).toMatchObject([{ version: 1, guards: [budget] }])
  expect(nextCursor).toBeNull()
})

test('counts that were stored as texts are read as numbers', async () => {
  const agent = await makeAgent(adminSql)
  await setInSql(agent, [
    { type: 'rate', period: 'day', limit: '5' },
    { type: 'duplicate', minutes: '10' },
    { type: 'new_recipient', action: 'wait', waitMinutes: '30' },
  ])
  expect((await getGuards(agent.actor, { agentId: agent.id })).guards).toEqual([
    { type: 'rate', period: 'day', limit: 5 },
    { type: 'duplicate', minutes: 10 },
    { type: 'new_recipient', action: 'wait', waitMinutes: 30 },
  ])
})

describe('an agent’s key', () => {
  test('reads the guards that hold for its agent and its person, and no other agent’s', async () => {
    const agent = await makeAgent(adminSql)
    const sister = await makeAgent(adminSql, { owner: agent.owner })
    await setInSql(agent, [budget])
    await setInSql(agent, [{ type: 'screening' }], 'person')
    expect((await getGuards(agent.actor, { agentId: agent.id })).guards).toEqual([budget])
    expect((await getGuards(agent.actor, 'person')).guards).toEqual([{ type: 'screening' }])
    await expect(getGuards(sister.actor, { agentId: agent.id })).rejects.toMatchObject({ status: 404 })
  })

  test('can neither set guards, nor try nor replay any, and the database refuses it too', async () => {
    const agent = await makeAgent(adminSql)
    await setInSql(agent, [budget])
    const whose = { agentId: agent.id }
    const refused = { status: 403, code: 'person_required' }
    await expect(setGuards(agent.actor, whose, { guards: [] })).rejects.toMatchObject(refused)
    await expect(setGuards(agent.actor, 'person', { guards: [] })).rejects.toMatchObject(refused)
    await expect(tryGuards(agent.actor, whose, {})).rejects.toMatchObject(refused)
    await expect(replayGuards(agent.actor, whose, {})).rejects.toMatchObject(refused)
    await expect(listGuardVersions(agent.actor, whose)).rejects.toMatchObject(refused)
    const forbidden = { code: '42501' }
    const key = as(agent.actor)
    await expect(key((sql) => sql`select app.set_guards(${agent.id}, '[]')`)).rejects.toMatchObject(forbidden)
    await expect(
      key(
        (sql) => sql`insert into public.guard_sets (wallet_set_id, agent_id, version, guards, actor)
        select a.wallet_set_id, a.id, 9, '[]', 'me' from public.agents a`,
      ),
    ).rejects.toMatchObject(forbidden)
    await expect(key((sql) => sql`update public.guard_sets set guards = '[]'`)).rejects.toMatchObject(forbidden)
    await expect(key((sql) => sql`delete from public.guard_sets`)).rejects.toMatchObject(forbidden)
    expect(await countOf(agent.id)).toBe(1)
    expect(await propose(agent, { amount: 11 })).toMatchObject({ status: 'denied' })
  })
})

test('another person’s agent does not exist, whatever is asked of it', async () => {
  const agent = await makeAgent(adminSql)
  const { owner: stranger } = await makeAgent(adminSql)
  const whose = { agentId: agent.id }
  for (const asked of [
    () => getGuards(stranger, whose),
    () => setGuards(stranger, whose, { guards: [] }),
    () => listGuardVersions(stranger, whose),
    () => replayGuards(stranger, whose, { guards: [] }),
    () => getGuards(stranger, { agentId: 'no-id' }),
  ]) {
    await expect(asked()).rejects.toMatchObject({ status: 404, code: 'not_found' })
  }
  expect(await countOf(agent.id)).toBe(0)
})

test.each<[string, unknown, string]>([
  ['no list', { guards: budget }, 'invalid_field'],
  ['a type that there is not', { guards: [{ type: 'trust' }] }, 'invalid_field'],
  ['a field that there is not', { guards: [{ ...budget, unless: 'friday' }] }, 'unknown_field'],
  ['a limit that is a number', { guards: [{ ...budget, limit: 10 }] }, 'invalid_field'],
  ['foreign digits', { guards: [{ ...budget, limit: '١٠' }] }, 'invalid_field'],
  ['an exponent', { guards: [{ ...budget, limit: '1e3' }] }, 'invalid_field'],
  ['a sign', { guards: [{ ...budget, limit: '-1' }] }, 'invalid_field'],
  ['seven decimals', { guards: [{ ...budget, limit: '0.0000001' }] }, 'invalid_field'],
  ['half a payment', { guards: [{ type: 'rate', period: 'day', limit: 1.5 }] }, 'invalid_field'],
  ['the least above the most', { guards: [{ type: 'single_payment', min: '2', max: '1' }] }, 'invalid_guards'],
  [
    'a wrong checksum',
    { guards: [{ type: 'recipients', mode: 'allow', addresses: [address.replace('F7', 'f7')] }] },
    'invalid_address',
  ],
  ['nobody', { guards: [{ type: 'recipients', mode: 'allow', addresses: [] }] }, 'invalid_field'],
  [
    'a domain with a wildcard',
    { guards: [{ type: 'recipients', mode: 'allow', domains: ['*.example'] }] },
    'invalid_field',
  ],
  [
    'a zone that there is not',
    { guards: [{ type: 'hours', from: '09:00', to: '17:00', zone: 'Mars/Olympus' }] },
    'invalid_guards',
  ],
  ['51 of them', { guards: Array(51).fill(budget) }, 'invalid_field'],
])('%s is refused, and what held goes on holding', async (_, request, code) => {
  const agent = await makeAgent(adminSql)
  await setInSql(agent, [budget])
  await expect(setGuards(agent.owner, { agentId: agent.id }, request)).rejects.toMatchObject({ status: 422, code })
  expect(await countOf(agent.id)).toBe(1)
})

test('a trial and a replay answer as the API shows them', async () => {
  const agent = await makeAgent(adminSql)
  const { id } = await propose(agent, { amount: 5, recipient: address.toLowerCase() })
  const guards = [{ type: 'single_payment', max: '4.00' }]
  const payment = { walletId: agent.walletId, recipient: address, amount: '5.00', asset: 'USDC' }
  expect(await tryGuards(agent.owner, { agentId: agent.id }, { guards, payment })).toMatchObject({
    status: 'denied',
    saved: 'needs_approval',
    recipientAddress: address,
    heldBack: null,
  })
  expect(await replayGuards(agent.owner, 'person', { guards })).toMatchObject({
    saved: { needs_approval: { payments: 1, dollars: '5.00' } },
    edited: { denied: { payments: 1, dollars: '5.00' } },
    payments: [
      { intentId: id, decided: 'needs_approval', saved: 'needs_approval', edited: 'denied', recipientAddress: address },
    ],
  })
})

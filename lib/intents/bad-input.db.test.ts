import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { freezeAgent } from '#lib/agents/freeze.ts'
import { saveContact } from '#lib/contacts/save.ts'
import { claimHandle } from '#lib/handles/claim.ts'
import { log } from '#lib/log.ts'
import { addExternalWallet } from '#lib/wallets/add-external.ts'
import { makeAgent, type TestAgent } from '#supabase/tests/support/agents.ts'
import { call, keyOf, nothing, payment, shop, signIn, traces } from '#supabase/tests/support/api.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'

// What cannot be paid as it was asked: each is a clear problem, nothing moves, and the rows say that nothing is held.

const { adminSql } = await testDatabase()
Object.assign(process.env, { APP_URL: 'http://causeway.test', APP_SECRET: 'a secret of these tests, and long enough' })
vi.mock('#lib/auth/request-actor.ts', async (original) => ({
  ...(await original<typeof import('#lib/auth/request-actor.ts')>()),
  requestPerson: (await import('#supabase/tests/support/api.ts')).requestPerson,
}))

beforeEach(() => {
  signIn(undefined)
  for (const level of ['info', 'warn', 'error'] as const) vi.spyOn(log, level).mockImplementation(() => {})
})

type Case = [what: string, change: object | ((agent: TestAgent) => object), code: string, status?: number]

const contact = '0xabcdef0123456789abcdef0123456789abcd1234'
const lookalike = `${contact.slice(0, 10)}00000000${contact.slice(18)}`
const amounts = [
  '',
  ' ',
  '0',
  '0.00',
  '-1',
  '+1',
  '1e3',
  '1E-2',
  '1,000.00',
  '0x10',
  'NaN',
  'Infinity',
  '.5',
  '1.',
  '01',
  '1 0',
  '1.0000001',
]
const disguised = [
  '\uff11\uff10',
  '\u0661\u0660',
  '\u0967\u0966',
  '1\uff10.00',
  '10\uff0e00',
  '1\u200b0',
  '10\u200b',
  '\u00bd',
  '9'.repeat(200),
]

const cases: Case[] = [
  ['an unknown contact', { recipient: 'Nobody' }, 'unknown_recipient'],
  ['an unknown handle', { recipient: '@nobody' }, 'unknown_recipient'],
  ['a handle on another network', { recipient: '@elsewhere' }, 'unknown_recipient'],
  ['the beginning of several names', { recipient: 'Shop' }, 'ambiguous_recipient'],
  ['the beginning of one name', { recipient: 'the' }, 'ambiguous_recipient'],
  ['a name in letters that look the same', { recipient: 'The Мerchant' }, 'unknown_recipient'],
  ['an address that looks like a contact’s', { recipient: lookalike }, 'lookalike_address'],
  ['the wallet’s own address', ({ address }) => ({ recipient: address }), 'own_address'],
  ['the zero address', { recipient: `0x${'0'.repeat(40)}` }, 'invalid_address'],
  ['a token’s contract', { recipient: '0xe1a26db653708A2AD8F824E92Db9852410e33A59' }, 'invalid_address'],
  ['an address that is too short', { recipient: '0x123' }, 'invalid_address'],
  ['an address with a wrong checksum', { recipient: shop.replace('b906', 'B906') }, 'invalid_address'],
  ['no recipient', { recipient: '' }, 'invalid_field'],
  ['a recipient that cannot be seen', { recipient: '\u202eknab' }, 'invalid_field'],
  ['more than the balance', { amount: '1000.01' }, 'insufficient_balance'],
  ['an asset that the wallet has none of', { asset: 'MUSD' }, 'insufficient_balance'],
  ['another network than the wallet’s', { network: 'base' }, 'wrong_network'],
  ['an asset that is none of ours', { asset: 'USDT' }, 'invalid_field'],
  ['a network that is none of ours', { network: 'solana' }, 'invalid_field'],
  ['a number in place of a text', { amount: 10 }, 'invalid_field'],
  ['a wallet that is no id', { walletId: 'mine' }, 'invalid_field'],
  ['a wallet that is not there', { walletId: randomUUID() }, 'not_found', 404],
  ['a field that is not known', { status: 'approved' }, 'unknown_field'],
  ['the recipient’s address beside its name', { recipientAddress: shop }, 'unknown_field'],
  ...[...amounts, ...disguised].map(
    (amount): Case => [`an amount of '${amount.slice(0, 12)}'`, { amount }, 'invalid_amount'],
  ),
]

describe('a proposal, a simulation and a batch are refused, and leave no trace, for', () => {
  test.each(cases)('%s', async (_, change, code, status = 422) => {
    const agent = await makeAgent(adminSql)
    await saveContact(agent.owner, { name: 'The Merchant', address: contact })
    await saveContact(agent.owner, { name: 'Shop East', address: shop })
    await saveContact(agent.owner, { name: 'Shop West', address: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8' })
    await elsewhere
    const body = payment(agent, typeof change === 'function' ? change(agent) : change)
    const key = keyOf(agent)
    const refused = await call('intents', 'POST', { key, body })
    expect([refused.status, refused.json.code]).toEqual([status, code])
    expect(refused.headers.get('content-type')).toBe('application/problem+json')
    expect(refused.json.detail).toMatch(/\.$/)

    const { purpose: __, ...simulated } = body
    const foretold = await call('intents/simulate', 'POST', { key, body: simulated })
    expect([foretold.status, foretold.json.code]).toEqual([status, code])

    const batch = await call('intents/batch', 'POST', { key, body: { intents: [body] } })
    expect(batch.status === 200 ? batch.json.results[0].problem.code : batch.json.code).toBe(code)

    const { keys: ___, ...left } = (await traces(adminSql, agent)) ?? {}
    const { keys: ____, ...expected } = nothing
    expect(left).toEqual(expected)
  })
})

/** Somebody who is paid under a handle, on another network than the agents here. */
const elsewhere = (async () => {
  const { owner } = await makeAgent(adminSql)
  const wallet = await addExternalWallet(owner, { network: 'base', address: shop })
  await claimHandle(owner, { handle: 'elsewhere', walletId: wallet.id })
})()

describe('a proposal', () => {
  test('of a wallet that is still being made waits for it', async () => {
    const agent = await makeAgent(adminSql)
    await adminSql`insert into public.wallets (wallet_set_id, agent_id, kind, network)
      select wallet_set_id, id, 'circle', 'base' from public.agents where id = ${agent.id}`
    const [made] = await adminSql`select id from public.wallets where agent_id = ${agent.id} and address is null`
    const refused = await call('intents', 'POST', { key: keyOf(agent), body: payment(agent, { walletId: made?.id }) })
    expect([refused.status, refused.json.code]).toEqual([409, 'wrong_state'])
    expect(await traces(adminSql, agent)).toEqual(nothing)
  })

  test('from a person’s own wallet names no asset that does not live there, and no agent makes one', async () => {
    const agent = await makeAgent(adminSql)
    const own = await addExternalWallet(agent.owner, {
      network: 'base',
      address: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
    })
    const body = payment(agent, { walletId: own.id })
    expect((await call('intents', 'POST', { key: keyOf(agent), body })).status).toBe(404)
    signIn(agent.owner)
    const refused = await call('intents', 'POST', { body: { ...body, asset: 'MUSD' } })
    expect([refused.status, refused.json.code]).toEqual([422, 'wrong_asset'])
    expect(await adminSql`select from public.intents where wallet_id = ${own.id}`).toEqual([])
  })

  test('of a frozen agent is refused, and the money it had stays free', async () => {
    const agent = await makeAgent(adminSql)
    await freezeAgent(agent.owner, agent.id)
    const refused = await call('intents', 'POST', { key: keyOf(agent), body: payment(agent) })
    expect([refused.status, refused.json.code]).toEqual([409, 'wrong_state'])
    expect(refused.json.detail).toContain('frozen')
    expect(await traces(adminSql, agent)).toEqual(nothing)
  })

  test('without an Idempotency-Key, or with one that is none, is not even read', async () => {
    const agent = await makeAgent(adminSql)
    for (const [header, code] of [
      ['', 'idempotency_key_required'],
      ['two words', 'idempotency_key_invalid'],
      ['x'.repeat(256), 'idempotency_key_invalid'],
    ] as const) {
      const refused = await call('intents', 'POST', {
        key: keyOf(agent),
        body: payment(agent),
        headers: { 'idempotency-key': header },
      })
      expect([refused.status, refused.json.code]).toEqual([400, code])
    }
    expect(await traces(adminSql, agent)).toEqual(nothing)
  })

  test('that was refused may be corrected under the same key', async () => {
    const agent = await makeAgent(adminSql)
    const headers = { 'idempotency-key': randomUUID() }
    const key = keyOf(agent)
    expect((await call('intents', 'POST', { key, headers, body: payment(agent, { amount: '5000' }) })).status).toBe(422)
    expect((await call('intents', 'POST', { key, headers, body: payment(agent) })).status).toBe(201)
    expect(await traces(adminSql, agent)).toMatchObject({ intents: 1, reservations: 1, held: '10000000' })
  })
})

describe('a decision', () => {
  const waiting = async () => {
    const agent = await makeAgent(adminSql)
    const { json } = await call('intents', 'POST', { key: keyOf(agent), body: payment(agent) })
    signIn(agent.owner)
    return {
      agent,
      intent: json,
      decide: (body: object) => call('intents/[id]/approval', 'POST', { id: json.id, body }),
    }
  }
  const stored = async (id: string) => {
    const [row] =
      await adminSql`select status, (select count(*)::int from public.intent_approvals where intent_id = i.id) as decisions
      from public.intents i where id = ${id}`
    return row
  }

  test('upon another hash than the payment’s is refused, and it goes on waiting', async () => {
    const { agent, intent, decide } = await waiting()
    const other = await waiting()
    signIn(agent.owner)
    for (const intentHash of ['0'.repeat(64), other.intent.intentHash]) {
      const refused = await decide({ decision: 'approve', intentHash })
      expect([refused.status, refused.json.code]).toEqual([422, 'intent_changed'])
    }
    for (const intentHash of ['', intent.intentHash.toUpperCase(), intent.intentHash.slice(1), null]) {
      expect((await decide({ decision: 'approve', intentHash })).json.code).toBe('invalid_field')
    }
    expect(await stored(intent.id)).toEqual({ status: 'needs_approval', decisions: 0 })
    expect(await traces(adminSql, agent)).toMatchObject({ held: '10000000' })
  })

  test.each(['APPROVE', 'yes', '', null, true])('of %o is none', async (decision) => {
    const { intent, decide } = await waiting()
    const refused = await decide({ decision, intentHash: intent.intentHash })
    expect([refused.status, refused.json.code]).toEqual([422, 'invalid_field'])
    expect(await stored(intent.id)).toEqual({ status: 'needs_approval', decisions: 0 })
  })

  test('after the time to decide has run out is refused', async () => {
    const { intent, decide } = await waiting()
    await adminSql`alter table public.intents disable trigger intents_guard`
    await adminSql`update public.intents set expires_at = now() - interval '1 second' where id = ${intent.id}`
    await adminSql`alter table public.intents enable trigger intents_guard`
    const refused = await decide({ decision: 'approve', intentHash: intent.intentHash })
    expect([refused.status, refused.json.code]).toEqual([409, 'wrong_state'])
    expect(await stored(intent.id)).toEqual({ status: 'needs_approval', decisions: 0 })
  })

  test('is made once: twenty at the same moment are one approval and one job', async () => {
    const { intent, decide } = await waiting()
    const { intentHash } = intent
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => decide({ decision: index % 2 ? 'approve' : 'deny', intentHash })),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ json }) => json.code === 'wrong_state')).toHaveLength(19)
    const row = await stored(intent.id)
    expect(row?.decisions).toBe(1)
    const jobs =
      await adminSql`select from graphile_worker.jobs where task_identifier = 'execute_intent' and key = ${`execute:${intent.id}`}`
    expect(jobs).toHaveLength(row?.status === 'approved' ? 1 : 0)
  })

  test('upon what was cancelled is too late', async () => {
    const { agent, intent, decide } = await waiting()
    await call('intents/[id]/cancellation', 'POST', { key: keyOf(agent), id: intent.id })
    const refused = await decide({ decision: 'approve', intentHash: intent.intentHash })
    expect([refused.status, refused.json.code]).toEqual([409, 'wrong_state'])
    expect(await stored(intent.id)).toEqual({ status: 'cancelled', decisions: 0 })
    expect(await traces(adminSql, agent)).toMatchObject({ held: '0', reserved: '0' })
  })
})

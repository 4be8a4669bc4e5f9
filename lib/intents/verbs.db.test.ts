import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createAgent } from '#lib/agents/create.ts'
import { freezeAgent, thawAgent } from '#lib/agents/freeze.ts'
import { listAgents } from '#lib/agents/list.ts'
import { renameAgent } from '#lib/agents/rename.ts'
import { createApiKey } from '#lib/api-keys/create.ts'
import { listApiKeys } from '#lib/api-keys/list.ts'
import { revokeApiKey } from '#lib/api-keys/revoke.ts'
import type { AgentActor } from '#lib/auth/actor.ts'
import { deleteContact } from '#lib/contacts/delete.ts'
import { listContacts } from '#lib/contacts/list.ts'
import { saveContact } from '#lib/contacts/save.ts'
import { claimHandle } from '#lib/handles/claim.ts'
import { getHandle } from '#lib/handles/get.ts'
import { cancelIntent } from '#lib/intents/cancel.ts'
import { decideIntent } from '#lib/intents/decide.ts'
import { getIntent } from '#lib/intents/get.ts'
import { intentsCsv } from '#lib/intents/history-csv.ts'
import { listIntents } from '#lib/intents/list.ts'
import { proposeIntent } from '#lib/intents/propose.ts'
import { proposeIntents } from '#lib/intents/propose-batch.ts'
import { simulateIntent } from '#lib/intents/simulate.ts'
import { addExternalWallet } from '#lib/wallets/add-external.ts'
import { getWallet } from '#lib/wallets/get.ts'
import { listWallets } from '#lib/wallets/list.ts'
import { makeAgent, newPerson, setGuards, type TestAgent } from '#supabase/tests/support/agents.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'

// What each verb promises, on a real database, read again after each.

const { adminSql } = await testDatabase()

const shop = '0x90F79bf6EB2c4f870365E785982E1f101E93b906'
const request = ({ walletId }: TestAgent, more: object = {}) => ({
  walletId,
  recipient: shop,
  amount: '10.00',
  asset: 'USDC' as const,
  purpose: 'Hosting in November',
  ...more,
})

describe('a payment', () => {
  test('is proposed, held, seen, approved by a person and listed', async () => {
    const agent = await makeAgent(adminSql, { balance: 50 })
    const { intent, replayed } = await proposeIntent(agent.actor, request(agent), randomUUID())
    expect(replayed).toBe(false)
    expect(intent).toMatchObject({
      status: 'needs_approval',
      agentId: agent.id,
      amount: '10.00',
      asset: 'USDC',
      network: 'mezo-testnet',
      chain: 'eip155:31611',
      recipientAddress: shop,
      guardResults: [],
      approval: null,
      events: [
        { from: null, to: 'proposed', actor: 'agent' },
        { from: 'proposed', to: 'needs_approval', actor: 'agent' },
      ],
    })
    const wallet = await getWallet(agent.actor, agent.walletId)
    expect(wallet.balances).toContainEqual({ asset: 'USDC', balance: '50.00', held: '10.00', available: '40.00' })

    const decided = await decideIntent(agent.owner, intent.id, { decision: 'approve', intentHash: intent.intentHash })
    expect(decided).toMatchObject({ status: 'approved', approval: { decision: 'approve' } })
    for (const actor of [agent.owner, agent.actor]) {
      expect(await getIntent(actor, intent.id)).toMatchObject({ ...decided, transfers: [], receiptId: null })
      expect(await listIntents(actor, {})).toEqual({ intents: [decided], nextCursor: null })
    }
  })

  test('is answered again to the same key and body, and refused to another body', async () => {
    const agent = await makeAgent(adminSql)
    const key = randomUUID()
    const first = await proposeIntent(agent.actor, request(agent), key)
    const again = await proposeIntent(agent.actor, request(agent), key)
    expect(again).toEqual({ intent: first.intent, replayed: true })
    await expect(proposeIntent(agent.actor, request(agent, { amount: '11.00' }), key)).rejects.toMatchObject({
      status: 422,
      code: 'idempotency_key_reused',
    })
    expect((await listIntents(agent.actor)).intents).toHaveLength(1)
  })

  test('is simulated by the same judges, and nothing is written', async () => {
    const agent = await makeAgent(adminSql)
    await setGuards(agent, [{ type: 'budget', period: 'day', limit: '5.00' }])
    const { purpose: _, ...payment } = request(agent)
    expect(await simulateIntent(agent.actor, payment)).toMatchObject({
      status: 'denied',
      recipientAddress: shop,
      guardResults: [{ guard: 'budget', outcome: 'refuse', limit: '5.00', used: '0.00', remaining: '5.00' }],
    })
    expect((await listIntents(agent.actor)).intents).toEqual([])
  })

  test('is cancelled by its agent, and its hold is given back', async () => {
    const agent = await makeAgent(adminSql, { balance: 20 })
    const { intent } = await proposeIntent(agent.actor, request(agent), randomUUID())
    expect(await cancelIntent(agent.actor, intent.id)).toMatchObject({ status: 'cancelled' })
    const { balances } = await getWallet(agent.owner, agent.walletId)
    expect(balances).toContainEqual({ asset: 'USDC', balance: '20.00', held: '0.00', available: '20.00' })
    await expect(cancelIntent(agent.actor, intent.id)).rejects.toMatchObject({ status: 409, code: 'wrong_state' })
  })
})

describe('a batch', () => {
  test('gives each payment a verdict of its own, in order, and repeats its answer', async () => {
    const agent = await makeAgent(adminSql, { balance: 25 })
    await setGuards(agent, [{ type: 'approval', threshold: '8.00' }])
    const intents = [
      request(agent, { amount: '5.00' }),
      request(agent, { recipient: 'Nobody' }),
      request(agent, { amount: '9.00' }),
      request(agent, { amount: '11.01' }),
    ]
    const key = randomUUID()
    const { results, replayed } = await proposeIntents(agent.actor, { intents }, key)
    expect(replayed).toBe(false)
    expect(results).toMatchObject([
      { intent: { status: 'approved', amount: '5.00' }, problem: null },
      { intent: null, problem: { status: 422, code: 'unknown_recipient' } },
      { intent: { status: 'needs_approval', amount: '9.00' }, problem: null },
      { intent: null, problem: { status: 422, code: 'insufficient_balance' } },
    ])
    expect(await proposeIntents(agent.actor, { intents }, key)).toEqual({ results, replayed: true })
    await expect(proposeIntents(agent.actor, { intents: intents.slice(1) }, key)).rejects.toMatchObject({
      code: 'idempotency_key_reused',
    })
    expect((await listIntents(agent.actor)).intents).toHaveLength(2)
  })

  test('that cannot be read is refused whole', async () => {
    const agent = await makeAgent(adminSql)
    for (const intents of [[], Array.from({ length: 51 }, () => request(agent)), [request(agent, { amount: '1e3' })]]) {
      await expect(proposeIntents(agent.actor, { intents }, randomUUID())).rejects.toMatchObject({ status: 422 })
    }
    expect((await listIntents(agent.actor)).intents).toEqual([])
  })
})

describe('the list of payments', () => {
  test('pages by cursor without gap or repetition, and filters', async () => {
    const agent = await makeAgent(adminSql)
    const made: string[] = []
    for (const amount of ['1.00', '2.00', '3.00', '4.00', '5.00']) {
      made.push(
        (await proposeIntent(agent.actor, request(agent, { amount, purpose: `No ${amount}` }), randomUUID())).intent.id,
      )
    }
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await listIntents(agent.owner, { limit: 2, cursor })
      seen.push(...page.intents.map(({ id }) => id))
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    expect(seen).toEqual(made.toReversed())

    const ids = async (query: Parameters<typeof listIntents>[1]) =>
      (await listIntents(agent.owner, query)).intents.map(({ id }) => id)
    await cancelIntent(agent.actor, made[0] ?? '')
    expect(await ids({ status: 'cancelled' })).toEqual([made[0]])
    expect(await ids({ q: 'no 3' })).toEqual([made[2]])
    expect(await ids({ q: shop.slice(0, 12), agentId: agent.id, walletId: agent.walletId })).toHaveLength(5)
    expect(await ids({ agentId: randomUUID() })).toEqual([])
    const third = (await getIntent(agent.owner, made[2] ?? '')).createdAt
    expect(await ids({ to: third })).toEqual([made[1], made[0]])
  })

  test('is a file whose texts are no formulas', async () => {
    const agent = await makeAgent(adminSql)
    await proposeIntent(agent.actor, request(agent, { purpose: '=1+1' }), randomUUID())
    const [header, line] = (await intentsCsv(agent.owner)).split('\n')
    expect(header).toMatch(/^created_at,id,status,agent,amount,asset,/)
    expect(line).toContain(',10.00,USDC,mezo-testnet,')
    expect(line).toContain(",'=1+1,")
  })
})

describe('agents', () => {
  test('are made once a key, named, frozen with what they proposed, and let go on', async () => {
    const person = await newPerson(adminSql)
    const key = randomUUID()
    const made = await createAgent(person, { name: ' Ada ', network: 'mezo-testnet' }, key)
    expect(made).toMatchObject({
      replayed: false,
      agent: { name: 'Ada', frozenAt: null, wallets: [{ kind: 'circle', network: 'mezo-testnet', address: null }] },
    })
    expect(await createAgent(person, { name: ' Ada ', network: 'mezo-testnet' }, key)).toEqual({
      ...made,
      replayed: true,
    })
    await expect(createAgent(person, { name: 'ada', network: 'mezo-testnet' }, randomUUID())).rejects.toMatchObject({
      code: 'name_taken',
    })
    await expect(createAgent(person, { name: 'Bo', network: 'base' }, randomUUID())).rejects.toMatchObject({
      status: 422,
      code: 'network_without_wallets',
    })
    expect(await renameAgent(person, made.agent.id, { name: 'Grace' })).toMatchObject({ name: 'Grace' })
    expect(await listAgents(person)).toMatchObject({ agents: [{ id: made.agent.id, name: 'Grace' }], nextCursor: null })

    const agent = await makeAgent(adminSql)
    const { intent } = await proposeIntent(agent.actor, request(agent), randomUUID())
    expect((await freezeAgent(agent.owner, agent.id)).frozenAt).not.toBeNull()
    expect(await getIntent(agent.owner, intent.id)).toMatchObject({ status: 'cancelled' })
    await expect(proposeIntent(agent.actor, request(agent), randomUUID())).rejects.toMatchObject({
      code: 'wrong_state',
    })
    expect((await thawAgent(agent.owner, agent.id)).frozenAt).toBeNull()
    expect((await proposeIntent(agent.actor, request(agent), randomUUID())).intent.status).toBe('needs_approval')
  })
})

describe('API keys', () => {
  test('are shown once, work, and are revoked for good', async () => {
    const agent = await makeAgent(adminSql)
    const input = { name: 'Shop', scopes: ['propose' as const, 'read' as const], paymentLimit: '10.00' }
    const idempotencyKey = randomUUID()
    const { apiKey } = await createApiKey(agent.owner, agent.id, input, idempotencyKey)
    expect(apiKey.key).toMatch(/^cw_[\w-]{43}$/)
    expect(apiKey).toMatchObject({ scopes: ['read', 'propose'], paymentLimit: '10.00', revokedAt: null })
    expect(await createApiKey(agent.owner, agent.id, input, idempotencyKey)).toEqual({
      apiKey: { ...apiKey, key: null },
      replayed: true,
    })
    const { apiKeys } = await listApiKeys(agent.owner, agent.id)
    expect(apiKeys.map(({ id }) => id)).toContain(apiKey.id)
    expect(JSON.stringify(apiKeys)).not.toContain(apiKey.key)

    const actor: AgentActor = { role: 'agent', apiKey: apiKey.key ?? '' }
    await proposeIntent(actor, request(agent), randomUUID())
    await expect(proposeIntent(actor, request(agent, { amount: '10.01' }), randomUUID())).rejects.toMatchObject({
      code: 'key_limit_exceeded',
    })
    await revokeApiKey(agent.owner, apiKey.id)
    await revokeApiKey(agent.owner, apiKey.id)
    await expect(proposeIntent(actor, request(agent), randomUUID())).rejects.toMatchObject({ status: 403 })
  })

  test.each(['0', '-1', '1e3', '0.0000001', '١٠', '1000000000000'])(
    'of a limit of %s are not made',
    async (paymentLimit) => {
      const agent = await makeAgent(adminSql)
      const input = { name: 'Shop', scopes: ['read' as const], paymentLimit }
      await expect(createApiKey(agent.owner, agent.id, input, randomUUID())).rejects.toMatchObject({ status: 422 })
      expect((await listApiKeys(agent.owner, agent.id)).apiKeys).toHaveLength(1)
    },
  )
})

describe('wallets, contacts and handles', () => {
  test('of a person are theirs, and read again as they were written', async () => {
    const person = await newPerson(adminSql)
    const wallet = await addExternalWallet(person, { network: 'base', address: shop })
    expect(wallet).toMatchObject({ kind: 'external', agentId: null, address: shop, chain: 'eip155:8453', balances: [] })
    expect(await addExternalWallet(person, { network: 'base', address: shop.toLowerCase() })).toEqual(wallet)
    expect(await listWallets(person)).toEqual({ wallets: [wallet], nextCursor: null })

    const contact = await saveContact(person, { name: 'Merchant', address: shop, domain: 'Shop.Example' })
    expect(contact).toMatchObject({ name: 'Merchant', address: shop, domain: 'shop.example' })
    expect(await saveContact(person, { name: 'Merchant', address: shop, domain: 'shop.example' })).toEqual(contact)
    await expect(saveContact(person, { name: 'merchant', address: wallet.address ?? '' })).rejects.toMatchObject({
      code: 'name_taken',
    })
    expect(await listContacts(person)).toEqual({ contacts: [contact], nextCursor: null })
    await deleteContact(person, contact.id)
    await expect(deleteContact(person, contact.id)).rejects.toMatchObject({ status: 404 })

    const handle = `p_${randomUUID().slice(0, 8)}`
    expect(await getHandle(person)).toBeNull()
    expect(await claimHandle(person, { handle, walletId: wallet.id })).toMatchObject({ handle, walletId: wallet.id })
    await expect(claimHandle(await newPerson(adminSql), { handle, walletId: wallet.id })).rejects.toMatchObject({
      status: 404,
    })
  })
})

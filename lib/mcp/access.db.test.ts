import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { log } from '#lib/log.ts'
import { makeAgent, setGuards, type TestAgent } from '#supabase/tests/support/agents.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { call, connect, disconnectAll, mcpUrl, send } from '#supabase/tests/support/mcp-client.ts'

// Who may do what by MCP, and what is no request at all.

const { adminSql, as } = await testDatabase()

beforeEach(() => {
  for (const level of ['info', 'warn', 'error'] as const) vi.spyOn(log, level).mockImplementation(() => {})
})
afterEach(disconnectAll)

const shop = '0x90F79bf6EB2c4f870365E785982E1f101E93b906'
const payment = ({ walletId }: TestAgent, more: object = {}) => ({
  walletId,
  recipient: shop,
  amount: '10.00',
  asset: 'USDC',
  purpose: 'Hosting in November',
  idempotencyKey: randomUUID(),
  ...more,
})
const statusOf = async (id: string) => (await adminSql`select status from public.intents where id = ${id}`)[0]?.status
const countOf = async ({ id }: TestAgent) =>
  (await adminSql`select count(*)::int from public.intents where agent_id = ${id}`)[0]?.count

describe('who may', () => {
  test('another person’s key, and another agent of the same person, see nothing of it', async () => {
    const mine = await makeAgent(adminSql, { balance: 50 })
    const { answer } = await call(await connect(mine.actor.apiKey), 'propose_payment', payment(mine))
    for (const other of [await makeAgent(adminSql), await makeAgent(adminSql, { owner: mine.owner })]) {
      const client = await connect(other.actor.apiKey)
      expect((await call(client, 'list_payments')).answer.payments).toEqual([])
      for (const tool of ['get_payment', 'cancel_payment', 'get_receipt'])
        expect(await call(client, tool, { paymentId: answer.payment.id })).toMatchObject({
          isError: true,
          answer: { code: 'not_found' },
        })
      expect(await call(client, 'get_balance', { walletId: mine.walletId })).toMatchObject({
        answer: { code: 'not_found' },
      })
      await expect(client.readResource({ uri: `causeway://wallets/${mine.walletId}/balance` })).rejects.toThrow()
    }
    expect(await statusOf(answer.payment.id)).toBe('needs_approval')
  })

  test.each([
    ['read', ['simulate', 'propose', 'cancel'], 'list_wallets', {}],
    ['simulate', ['read', 'propose', 'cancel'], 'simulate_payment', { recipient: shop, amount: '1.00', asset: 'USDC' }],
    ['propose', ['read', 'simulate', 'cancel'], 'propose_payment', {}],
    ['cancel', ['read', 'simulate', 'propose'], 'cancel_payment', { paymentId: randomUUID() }],
  ])('a key that may not %s is told so, and what to ask for', async (scope, scopes, tool, given) => {
    const agent = await makeAgent(adminSql, { scopes })
    const client = await connect(agent.actor.apiKey)
    const request =
      tool === 'propose_payment'
        ? payment(agent)
        : tool === 'simulate_payment'
          ? { ...given, walletId: agent.walletId }
          : given
    const { isError, answer } = await call(client, tool, request)
    expect({ isError, code: answer.code }).toEqual({ isError: true, code: 'forbidden' })
    expect(answer.detail).toContain(`may not ${scope}`)
    expect(answer.whatAPersonCanDo).toContain('scope')
    expect(await countOf(agent)).toBe(0)
  })

  test('a key without the scope to read sees nothing, whatever it asks the database itself', async () => {
    const agent = await makeAgent(adminSql, { scopes: ['propose'] })
    await setGuards(agent, [])
    await setGuards(agent, [], 'person')
    await as(agent.owner)((sql) => sql`select app.save_contact('Merchant', ${shop.toLowerCase()}, null)`)
    for (const table of [
      'agents',
      'wallets',
      'intents',
      'intent_events',
      'contacts',
      'guard_sets',
      'ledger_accounts',
    ]) {
      const rows = await as(agent.actor)((sql) => sql`select * from ${sql(`public.${table}`)}`)
      expect([table, rows.length]).toEqual([table, 0])
    }
  })

  test.each([
    ['no key', {}],
    ['a key that is none of ours', { authorization: 'Bearer cw_invented' }],
    ['a person’s token', { authorization: 'Bearer a.b.c' }],
  ])('%s is refused before anything is said', async (_, headers) => {
    const response = await send(mcpUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
    })
    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({ code: 'invalid_api_key' })
  })

  test('a revoked key ends in the middle of a conversation', async () => {
    const agent = await makeAgent(adminSql)
    const client = await connect(agent.actor.apiKey)
    await call(client, 'list_wallets')
    const [key] = await as(agent.owner)((sql) => sql`select id from public.api_keys where agent_id = ${agent.id}`)
    await as(agent.owner)((sql) => sql`select app.revoke_api_key(${key?.id})`)
    await expect(call(client, 'list_wallets')).rejects.toThrow()
  })
})

describe('bodies', () => {
  const post = async (body: string) => {
    const agent = await makeAgent(adminSql)
    return await send(mcpUrl, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${agent.actor.apiKey}`,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
      },
      body,
    })
  }

  test('that are no JSON, or larger than any message, are refused', async () => {
    expect((await post('{')).status).toBe(400)
    expect((await post(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'x'.repeat(70_000) }))).status).toBe(413)
  })

  test('sessions do not exist, so none can be opened or ended', async () => {
    const agent = await makeAgent(adminSql)
    const headers = { authorization: `Bearer ${agent.actor.apiKey}`, accept: 'text/event-stream' }
    for (const method of ['GET', 'DELETE']) expect((await send(mcpUrl, { method, headers })).status).toBe(405)
  })
})

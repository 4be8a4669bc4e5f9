import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { limits } from '#lib/http/rate-limit/limits.ts'
import { log } from '#lib/log.ts'
import { makeAgent } from '#supabase/tests/support/agents.ts'
import { call, keyOf, nothing, payment, shop, signIn, traces } from '#supabase/tests/support/api.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'

// The doors of the API as an agent’s key finds them: what is open to it, what is closed, and what it is told.

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

describe('a key', () => {
  test('proposes, repeats, reads, lists, simulates and cancels', async () => {
    const agent = await makeAgent(adminSql)
    const key = keyOf(agent)
    const headers = { 'idempotency-key': randomUUID() }
    const made = await call('intents', 'POST', { key, body: payment(agent), headers })
    expect(made.status).toBe(201)
    expect(made.headers.get('location')).toBe(`/api/v1/intents/${made.json.id}`)
    expect(made.headers.get('idempotent-replayed')).toBeNull()
    const again = await call('intents', 'POST', { key, body: payment(agent), headers })
    expect([again.status, again.headers.get('idempotent-replayed'), again.json]).toEqual([201, 'true', made.json])

    const seen = await call('intents/[id]', 'GET', { key, id: made.json.id })
    expect(seen.json).toMatchObject({ ...made.json, transfers: [] })
    const etag = seen.headers.get('etag') ?? ''
    expect(
      await call('intents/[id]', 'GET', { key, id: made.json.id, headers: { 'if-none-match': etag } }),
    ).toMatchObject({ status: 304, text: '' })
    expect((await call('intents', 'GET', { key, query: '?status=needs_approval&limit=1' })).json).toEqual({
      intents: [made.json],
      nextCursor: null,
    })
    const csv = await call('intents', 'GET', { key, query: '?format=csv' })
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(csv.text.split('\n')).toHaveLength(3)

    const { purpose: _, ...simulated } = payment(agent)
    expect((await call('intents/simulate', 'POST', { key, body: simulated })).json).toMatchObject({
      status: 'needs_approval',
    })
    expect(
      (await call('intents/batch', 'POST', { key, body: { intents: [payment(agent)] } })).json.results,
    ).toMatchObject([{ intent: { amount: '10.00' }, problem: null }])
    expect((await call('intents/[id]/cancellation', 'POST', { key, id: made.json.id })).json.status).toBe('cancelled')
    for (const [route, field] of [
      ['agents', 'agents'],
      ['wallets', 'wallets'],
      ['contacts', 'contacts'],
    ] as const) {
      expect((await call(route, 'GET', { key })).json).toHaveProperty(field)
    }
    expect((await call('agents/[id]', 'GET', { key, id: agent.id })).json).toMatchObject({ id: agent.id })
    expect((await call('wallets/[id]', 'GET', { key, id: agent.walletId })).json).toMatchObject({ id: agent.walletId })
  })

  test('that was made up, revoked or has expired is told so, and nothing of it is done', async () => {
    const agent = await makeAgent(adminSql)
    await adminSql`update public.api_keys set revoked_at = now() where agent_id = ${agent.id}`
    const expired = await makeAgent(adminSql)
    await adminSql`update public.api_keys set expires_at = now() - interval '1 second' where agent_id = ${expired.id}`
    signIn(agent.owner)
    for (const key of ['cw_invented', keyOf(agent), keyOf(expired)]) {
      const refused = await call('intents', 'POST', { key, body: payment(agent) })
      expect([refused.status, refused.json.code]).toEqual([401, 'invalid_api_key'])
      expect(refused.headers.get('www-authenticate')).toBe('Bearer')
    }
    expect(await traces(adminSql, agent)).toEqual(nothing)
  })

  test('notes when it was used', async () => {
    const agent = await makeAgent(adminSql)
    await call('wallets', 'GET', { key: keyOf(agent) })
    const [row] = await adminSql`select last_used_at from public.api_keys where agent_id = ${agent.id}`
    expect(row?.last_used_at).not.toBeNull()
  })

  test.each([
    ['read', 'intents', 'GET', undefined],
    ['simulate', 'intents/simulate', 'POST', { recipient: shop, amount: '1', asset: 'USDC' }],
    ['propose', 'intents', 'POST', { recipient: shop, amount: '1', asset: 'USDC', purpose: 'a test' }],
    ['propose', 'intents/batch', 'POST', { intents: [] }],
    ['cancel', 'intents/[id]/cancellation', 'POST', undefined],
  ])('without the scope %s is refused at %s', async (scope, route, method, body) => {
    const others = ['read', 'simulate', 'propose', 'cancel'].filter((each) => each !== scope)
    const agent = await makeAgent(adminSql, { scopes: others })
    const sent = body && 'recipient' in body ? { ...body, walletId: agent.walletId } : body
    const refused = await call(route, method, { key: keyOf(agent), body: sent, id: randomUUID() })
    expect([refused.status, refused.json.code]).toEqual([403, 'forbidden'])
    expect(refused.json.detail).toContain(`may not ${scope}`)
    expect(await traces(adminSql, agent)).toEqual(nothing)
  })

  test('sees and ends nothing of another person’s, whatever it asks for', async () => {
    const mine = await makeAgent(adminSql)
    const sibling = await makeAgent(adminSql, { owner: mine.owner })
    const stranger = await makeAgent(adminSql)
    for (const other of [sibling, stranger]) {
      const { json } = await call('intents', 'POST', { key: keyOf(other), body: payment(other) })
      const before = await traces(adminSql, other)
      const key = keyOf(mine)
      const answers = [
        await call('intents/[id]', 'GET', { key, id: json.id }),
        await call('intents/[id]/cancellation', 'POST', { key, id: json.id }),
        await call('intents', 'POST', { key, body: payment(other) }),
        await call('wallets/[id]', 'GET', { key, id: other.walletId }),
        await call('agents/[id]', 'GET', { key, id: other.id }),
      ]
      expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404])
      expect(await traces(adminSql, other)).toEqual(before)
      for (const list of ['intents', 'wallets', 'agents']) {
        expect((await call(list, 'GET', { key })).text).not.toContain(other.walletId)
      }
    }
  })

  test('that asks too often waits', async () => {
    const agent = await makeAgent(adminSql)
    const id = randomUUID()
    const ask = () => call('intents/[id]/cancellation', 'POST', { key: keyOf(agent), id })
    for (let sent = 0; sent < limits.writes; sent += 50) await Promise.all(Array.from({ length: 50 }, ask))
    const refused = await ask()
    expect([refused.status, refused.json.code]).toEqual([429, 'rate_limited'])
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  })
})

import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { log } from '#lib/log.ts'
import { makeAgent } from '#supabase/tests/support/agents.ts'
import { call, keyOf, payment, shop, signIn } from '#supabase/tests/support/api.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'

// What the API does for a signed-in person alone, and how it refuses everybody else.

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

describe('what only a person may do', () => {
  const personal: [route: string, method: string, body: unknown][] = [
    ['intents/[id]/approval', 'POST', { decision: 'approve', intentHash: '0'.repeat(64) }],
    ['standing-approvals', 'GET', undefined],
    ['standing-approvals/[id]', 'DELETE', undefined],
    ['agents', 'POST', { name: 'Mine', network: 'base' }],
    ['agents/[id]', 'PATCH', { name: 'Mine' }],
    ['agents/[id]/freeze', 'POST', undefined],
    ['agents/[id]/freeze', 'DELETE', undefined],
    ['agents/[id]/api-keys', 'GET', undefined],
    ['agents/[id]/api-keys', 'POST', { name: 'Mine', scopes: ['propose'] }],
    ['api-keys/[id]', 'DELETE', undefined],
    ['wallets', 'POST', { network: 'base', address: shop }],
    ['contacts', 'POST', { name: 'Mine', address: shop }],
    ['contacts/[id]', 'DELETE', undefined],
    ['handles', 'GET', undefined],
    ['handles', 'PUT', { handle: 'mine', walletId: randomUUID() }],
  ]

  test.each(personal)(
    '%s %s refuses a key, also in a browser where its person is signed in',
    async (route, method, body) => {
      const agent = await makeAgent(adminSql)
      signIn(agent.owner)
      const before = await adminSql`select a.name, a.frozen_at, (select count(*)::int from public.api_keys) as keys,
      (select count(*)::int from public.contacts) as contacts, (select count(*)::int from public.wallets) as wallets
      from public.agents a where a.id = ${agent.id}`
      const refused = await call(route, method, { key: keyOf(agent), body, id: agent.id })
      expect([refused.status, refused.json.code]).toEqual([403, 'person_required'])
      expect(
        await adminSql`select a.name, a.frozen_at, (select count(*)::int from public.api_keys) as keys,
        (select count(*)::int from public.contacts) as contacts, (select count(*)::int from public.wallets) as wallets
        from public.agents a where a.id = ${agent.id}`,
      ).toEqual(before)
    },
  )

  test.each(personal)('%s %s asks a guest to sign in', async (route, method, body) => {
    const refused = await call(route, method, { body, id: randomUUID() })
    expect([refused.status, refused.json.code]).toEqual([401, 'sign_in_required'])
  })

  test.each(personal.filter(([, method]) => method !== 'GET'))(
    '%s %s refuses what another site sent',
    async (route, method, body) => {
      const agent = await makeAgent(adminSql)
      signIn(agent.owner)
      const headers = { origin: 'https://elsewhere.example' }
      const refused = await call(route, method, { body, id: agent.id, headers })
      expect([refused.status, refused.json.code]).toEqual([403, 'foreign_origin'])
    },
  )

  test('is done by the person: approve, freeze, make and revoke a key', async () => {
    const agent = await makeAgent(adminSql)
    const { json: intent } = await call('intents', 'POST', { key: keyOf(agent), body: payment(agent) })
    signIn(agent.owner)
    const decision = { decision: 'approve', intentHash: intent.intentHash }
    const approved = await call('intents/[id]/approval', 'POST', { id: intent.id, body: decision })
    expect(approved.json).toMatchObject({ status: 'approved', approval: { decision: 'approve' } })
    expect((await call('agents/[id]/freeze', 'POST', { id: agent.id })).json.frozenAt).not.toBeNull()
    expect((await call('intents/[id]', 'GET', { id: intent.id })).json.status).toBe('cancelled')
    expect((await call('agents/[id]/freeze', 'DELETE', { id: agent.id })).json.frozenAt).toBeNull()
    expect((await call('agents/[id]', 'PATCH', { id: agent.id, body: { name: 'Grace' } })).json.name).toBe('Grace')

    const made = await call('agents/[id]/api-keys', 'POST', { id: agent.id, body: { name: 'Shop', scopes: ['read'] } })
    expect(made.status).toBe(201)
    expect((await call('wallets', 'GET', { key: made.json.key })).status).toBe(200)
    expect((await call('api-keys/[id]', 'DELETE', { id: made.json.id })).status).toBe(204)
    expect((await call('wallets', 'GET', { key: made.json.key })).status).toBe(401)
    const listed = await call('agents/[id]/api-keys', 'GET', { id: agent.id })
    expect(listed.json.apiKeys[0]).toMatchObject({ id: made.json.id, revokedAt: expect.any(String) })
    expect(listed.text).not.toContain(made.json.key)
  })

  test('is nothing of another person’s', async () => {
    const agent = await makeAgent(adminSql)
    const { json: intent } = await call('intents', 'POST', { key: keyOf(agent), body: payment(agent) })
    const [key] = await adminSql`select id from public.api_keys where agent_id = ${agent.id}`
    signIn((await makeAgent(adminSql)).owner)
    const answers = [
      await call('intents/[id]', 'GET', { id: intent.id }),
      await call('intents/[id]/approval', 'POST', {
        id: intent.id,
        body: { decision: 'approve', intentHash: intent.intentHash },
      }),
      await call('intents/[id]/cancellation', 'POST', { id: intent.id }),
      await call('intents', 'POST', { body: payment(agent) }),
      await call('agents/[id]', 'GET', { id: agent.id }),
      await call('agents/[id]', 'PATCH', { id: agent.id, body: { name: 'Mine' } }),
      await call('agents/[id]/freeze', 'POST', { id: agent.id }),
      await call('agents/[id]/api-keys', 'GET', { id: agent.id }),
      await call('agents/[id]/api-keys', 'POST', { id: agent.id, body: { name: 'Mine', scopes: ['read'] } }),
      await call('api-keys/[id]', 'DELETE', { id: key?.id }),
      await call('wallets/[id]', 'GET', { id: agent.walletId }),
      await call('handles', 'PUT', { body: { handle: 'mine', walletId: agent.walletId } }),
    ]
    expect(answers.map(({ status, json }) => [status, json.code])).toEqual(answers.map(() => [404, 'not_found']))
    expect((await call('wallets', 'GET', { key: keyOf(agent) })).status).toBe(200)
    const [row] = await adminSql`select status from public.intents where id = ${intent.id}`
    expect(row?.status).toBe('needs_approval')
  })
})

import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { makeAgent, merchant, newPerson, propose, simulate } from '#supabase/tests/support/agents.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { NO_PRIVILEGE, refusalOf } from '#supabase/tests/support/refusal.ts'

// What a key of an agent may do, and what it may never do, whichever way it is tried.

const { adminSql, as } = await testDatabase()

describe('an agent’s key', () => {
  test('cannot approve, set guards, make keys, save contacts, freeze or thaw: the database has no such right for it', async () => {
    const agent = await makeAgent(adminSql)
    const intent = await propose(agent)
    const as_ = as(agent.actor)
    const attempts = [
      as_(
        (sql) =>
          sql`select app.decide_intent(${intent.id}, 'approve', ${Buffer.from(intent.intentHash, 'hex')}, false)`,
      ),
      as_((sql) => sql`select app.set_guards(${agent.id}, '[]')`),
      as_(
        (sql) =>
          sql`select * from app.create_api_key('k', ${Buffer.alloc(32)}, ${agent.id}, 'x', 'xxxx', ${Buffer.alloc(32)}, array['read'], null, null)`,
      ),
      as_((sql) => sql`select app.save_contact('me', ${merchant}, 'shop.example')`),
      as_((sql) => sql`select app.freeze_agent(${agent.id}, false)`),
      as_((sql) => sql`select app.start_intent(${intent.id}, 1)`),
      as_((sql) => sql`select app.finish_intent(${intent.id}, 'settled', null)`),
      as_((sql) => sql`update public.intents set status = 'approved' where id = ${intent.id}`),
      as_(
        (sql) =>
          sql`insert into public.contacts (owner_id, name, address) values (${agent.owner.userId}, 'me', ${merchant})`,
      ),
    ]
    expect(await Promise.all(attempts.map(refusalOf))).toEqual(attempts.map(() => NO_PRIVILEGE))
    const [row] = await adminSql`select status from public.intents where id = ${intent.id}`
    expect(row?.status).toBe('needs_approval')
  })

  test('sees its own payments and nothing of anybody else', async () => {
    const mine = await makeAgent(adminSql)
    const sibling = await makeAgent(adminSql, { owner: mine.owner })
    const stranger = await makeAgent(adminSql)
    for (const each of [mine, sibling, stranger]) await propose(each)
    const seen = await as(mine.actor)((sql) => sql`select agent_id from public.intents`)
    expect(seen).toEqual([{ agent_id: mine.id }])
    expect(await as(mine.actor)((sql) => sql`select id from public.wallets`)).toEqual([{ id: mine.walletId }])
    for (const other of [sibling, stranger]) {
      await expect(propose({ ...mine, walletId: other.walletId })).rejects.toMatchObject({ status: 404 })
    }
  })

  test('does only what its scopes say', async () => {
    const agent = await makeAgent(adminSql, { scopes: ['read', 'simulate'] })
    expect(await simulate(agent)).toMatchObject({ status: 'needs_approval' })
    await expect(propose(agent)).rejects.toMatchObject({ status: 403 })
  })

  test('has a limit of its own for one payment', async () => {
    const agent = await makeAgent(adminSql, { paymentLimit: '5.00' })
    expect(await propose(agent, { amount: 5 })).toMatchObject({ status: 'needs_approval' })
    await expect(propose(agent, { amount: 5.000001 })).rejects.toMatchObject({ code: 'key_limit_exceeded' })
  })

  test('that is revoked, expired or made up is no key', async () => {
    const agent = await makeAgent(adminSql)
    const invented = { ...agent, actor: { role: 'agent' as const, apiKey: 'invented' } }
    await expect(propose(invented)).rejects.toMatchObject({ status: 403 })
    const [key] = await as(agent.owner)((sql) => sql`select id from public.api_keys where agent_id = ${agent.id}`)
    await as(agent.owner)((sql) => sql`select app.revoke_api_key(${key?.id})`)
    await expect(propose(agent)).rejects.toMatchObject({ status: 403 })
    expect(await as(agent.actor)((sql) => sql`select id from public.intents`)).toEqual([])
  })

  test('is kept as a hash that nobody reads', async () => {
    const agent = await makeAgent(adminSql)
    expect(await refusalOf(as(agent.owner)((sql) => sql`select key_hash from public.api_keys`))).toBe(NO_PRIVILEGE)
  })
})

describe('another person', () => {
  test('can do nothing with an agent, its keys or its payments', async () => {
    const agent = await makeAgent(adminSql)
    const intent = await propose(agent)
    const stranger = as(await newPerson(adminSql))
    const [key] = await adminSql`select id from public.api_keys where agent_id = ${agent.id}`
    const attempts = [
      stranger(
        (sql) =>
          sql`select app.decide_intent(${intent.id}, 'approve', ${Buffer.from(intent.intentHash, 'hex')}, false)`,
      ),
      stranger((sql) => sql`select app.cancel_intent(${intent.id})`),
      stranger((sql) => sql`select app.freeze_agent(${agent.id}, true)`),
      stranger((sql) => sql`select app.set_guards(${agent.id}, '[]')`),
      stranger((sql) => sql`select app.revoke_api_key(${key?.id})`),
      stranger((sql) => sql`select app.claim_handle('mine', ${agent.walletId})`),
    ]
    expect(await Promise.all(attempts.map(refusalOf))).toEqual(attempts.map(() => 'CWNTF'))
    expect(await stranger((sql) => sql`select id from public.intents`)).toEqual([])
  })
})

describe('whom to pay', () => {
  const contact = '0xabcdef0123456789abcdef0123456789abcd1234'
  const lookalike = `${contact.slice(0, 10)}00000000${contact.slice(18)}`

  test('is an address, a contact or a handle', async () => {
    const agent = await makeAgent(adminSql)
    const friend = await makeAgent(adminSql)
    const handle = `friend_${randomUUID().slice(0, 6)}`
    await as(friend.owner)((sql) => sql`select app.claim_handle(${handle}, ${friend.walletId})`)
    await as(agent.owner)((sql) => sql`select app.save_contact('The Merchant', ${contact}, null)`)
    expect(await propose(agent, { recipient: 'the merchant' })).toMatchObject({ recipientAddress: contact })
    expect(await propose(agent, { recipient: `@${handle}` })).toMatchObject({ recipientAddress: friend.address })
    expect(await propose(agent, { recipient: contact })).toMatchObject({ recipientAddress: contact })
  })

  test.each([
    ['nobody', 'unknown_recipient'],
    ['@nobody', 'unknown_recipient'],
    ['0x123', 'unknown_recipient'],
  ])('%s is refused, and nothing is held', async (recipient, code) => {
    const agent = await makeAgent(adminSql)
    await expect(propose(agent, { recipient })).rejects.toMatchObject({ status: 422, code })
    expect(await adminSql`select from public.intents where agent_id = ${agent.id}`).toEqual([])
  })

  test('is not the wallet itself, and not an address made to look like a contact', async () => {
    const agent = await makeAgent(adminSql)
    await expect(propose(agent, { recipient: agent.address })).rejects.toMatchObject({ code: 'own_address' })
    await as(agent.owner)((sql) => sql`select app.save_contact('Merchant', ${contact}, null)`)
    await expect(propose(agent, { recipient: lookalike })).rejects.toMatchObject({ code: 'lookalike_address' })
  })

  test.each([0, -1])('an amount of %d is refused', async (amount) => {
    await expect(propose(await makeAgent(adminSql), { amount })).rejects.toMatchObject({ code: 'invalid_amount' })
  })
})

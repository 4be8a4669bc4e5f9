import { randomBytes, randomUUID } from 'node:crypto'
import type postgres from 'postgres'
import { expect, test } from 'vitest'
import { makeAgent, merchant, propose, type TestAgent } from '#supabase/tests/support/agents.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { NO_PRIVILEGE, refusalOf } from '#supabase/tests/support/refusal.ts'

// Somebody has an agent's key and speaks to the database itself, past every route of ours. Each command and each table of a
// person's is closed to that role, and the rows say so afterwards.

const { adminSql, as } = await testDatabase()

type Attempt = (
  sql: postgres.TransactionSql,
  agent: TestAgent,
  intent: { id: string; intentHash: string },
) => postgres.PendingQuery<postgres.Row[]>

const attempts: Record<string, Attempt> = {
  'approve its payment': (sql, _, { id, intentHash }) =>
    sql`select app.decide_intent(${id}, 'approve', ${Buffer.from(intentHash, 'hex')}, true)`,
  'start its payment': (sql, _, { id }) => sql`select app.start_intent(${id}, 1)`,
  'call its payment settled': (sql, _, { id }) => sql`select app.finish_intent(${id}, 'settled', null)`,
  'call its payment expired': (sql, _, { id }) => sql`select app.expire_intent(${id})`,
  'call its payment refunded': (sql, { owner }, { id }) =>
    sql`select app.refund_intent(${id}, ${owner.userId}, ${`0x${'0'.repeat(64)}`}, ${merchant}, 1, 0, 1, true)`,
  'approve by writing the status': (sql, _, { id }) =>
    sql`update public.intents set status = 'approved' where id = ${id}`,
  'write an approval': (sql, { owner }, { id, intentHash }) =>
    sql`insert into public.intent_approvals (intent_id, decision, decided_by, intent_hash)
      values (${id}, 'approve', ${owner.userId}, ${Buffer.from(intentHash, 'hex')})`,
  'write a standing approval': (sql, { owner, walletId }, { id }) =>
    sql`insert into public.standing_approvals (intent_id, wallet_id, recipient_address, asset, amount_limit, uses_left, granted_by, expires_at)
      values (${id}, ${walletId}, ${merchant}, 'USDC', 1, 10, ${owner.userId}, now() + interval '1 day')`,
  'set its guards': (sql, { id }) => sql`select app.set_guards(${id}, '[]')`,
  'set its person’s guards': (sql) => sql`select app.set_guards(null, '[]')`,
  'write guards': (sql, { id }) =>
    sql`insert into public.guard_sets (wallet_set_id, agent_id, version, guards, actor)
      select wallet_set_id, id, 99, '[]', 'account' from public.agents where id = ${id}`,
  'make a key': (sql, { id }) =>
    sql`select app.create_api_key('k', ${Buffer.alloc(32)}, ${id}, 'x', 'xxxx', ${randomBytes(32)}, array['propose'], null, null)`,
  'revoke a key': (sql) => sql`select app.revoke_api_key(${randomUUID()})`,
  'widen its key': (sql) => sql`update public.api_keys set scopes = array['read'], payment_limit_micros = null`,
  'save a contact': (sql) => sql`select app.save_contact('me', ${merchant}, null)`,
  'delete a contact': (sql) => sql`select app.delete_contact(${randomUUID()})`,
  'turn a contact to another address': (sql) => sql`update public.contacts set address = ${merchant}`,
  'thaw itself': (sql, { id }) => sql`select app.freeze_agent(${id}, false)`,
  'rename itself': (sql, { id }) => sql`select app.rename_agent(${id}, 'x')`,
  'make an agent': (sql) => sql`select app.create_agent('k', ${Buffer.alloc(32)}, 'x', 'base')`,
  'add a wallet': (sql) => sql`select app.add_external_wallet('base', ${merchant})`,
  'take a handle': (sql, { walletId }) => sql`select app.claim_handle('mine', ${walletId})`,
  'give its wallet money': (sql, { walletId }) =>
    sql`update public.ledger_accounts set posted = 1000 where wallet_id = ${walletId}`,
  'free what is held': (sql, _, { id }) =>
    sql`update public.spend_reservations set state = 'released' where intent_id = ${id}`,
  'empty a budget': (sql) => sql`delete from private.spend_buckets`,
  'edit the history': (sql) => sql`delete from public.intent_events`,
}

/** All that a person decides or owns, as it stands. */
async function state({ owner, id }: TestAgent) {
  const [row] = await adminSql`select
    (select jsonb_agg(i order by i.id) from public.intents i where i.agent_id = ${id}) as intents,
    (select jsonb_agg(g order by g.id) from public.guard_sets g join public.wallet_sets s on s.id = g.wallet_set_id where s.owner_id = ${owner.userId}) as guards,
    (select jsonb_agg(k order by k.id) from public.api_keys k where k.agent_id = ${id}) as keys,
    (select jsonb_agg(c order by c.id) from public.contacts c where c.owner_id = ${owner.userId}) as contacts,
    (select jsonb_agg(a order by a.id) from public.agents a join public.wallet_sets s on s.id = a.wallet_set_id where s.owner_id = ${owner.userId}) as agents,
    (select jsonb_agg(w order by w.id) from public.wallets w join public.wallet_sets s on s.id = w.wallet_set_id where s.owner_id = ${owner.userId}) as wallets,
    (select jsonb_agg(l order by l.id) from public.ledger_accounts l join public.wallets w on w.id = l.wallet_id where w.agent_id = ${id}) as ledger,
    (select jsonb_agg(r) from public.spend_reservations r join public.intents i on i.id = r.intent_id where i.agent_id = ${id}) as reservations,
    (select count(*) from public.intent_approvals d join public.intents i on i.id = d.intent_id where i.agent_id = ${id}) as approvals`
  return row
}

test.each(Object.entries(attempts))('an agent’s key cannot %s', async (_, attempt) => {
  const agent = await makeAgent(adminSql)
  await as(agent.owner)((sql) => sql`select app.set_guards(${agent.id}, '[{"type": "approval", "threshold": "0"}]')`)
  await as(agent.owner)((sql) => sql`select app.save_contact('Shop', ${`0x${randomBytes(20).toString('hex')}`}, null)`)
  const intent = await propose(agent)
  const before = await state(agent)
  expect(await refusalOf(as(agent.actor)((sql) => attempt(sql, agent, intent)))).toBe(NO_PRIVILEGE)
  expect(await state(agent)).toEqual(before)
})

test('a key cannot claim to be another role: the claim alone opens nothing', async () => {
  const agent = await makeAgent(adminSql)
  const intent = await propose(agent)
  const posing = as(agent.actor)(
    (
      sql,
    ) => sql`select set_config('request.jwt.claims', ${JSON.stringify({ role: 'authenticated', sub: agent.owner.userId })}, true),
      set_config('request.jwt.claim.sub', ${agent.owner.userId}, true),
      app.decide_intent(${intent.id}, 'approve', ${Buffer.from(intent.intentHash, 'hex')}, false)`,
  )
  expect(await refusalOf(posing)).toBe(NO_PRIVILEGE)
  const [row] = await adminSql`select status from public.intents where id = ${intent.id}`
  expect(row?.status).toBe('needs_approval')
})

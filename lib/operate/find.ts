import type postgres from 'postgres'
import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { type SearchTarget, searchTarget } from '#lib/operate/search.ts'

export type FoundKind =
  | 'session'
  | 'transfer'
  | 'payment'
  | 'webhook'
  | 'job'
  | 'alert'
  | 'finding'
  | 'account'
  | 'address'

/** One thing that a search text names: where it is, and how it is told from the others. */
export type Found = { kind: FoundKind; id: string; path: string; at: string | null; note: string }

type Sql = postgres.TransactionSql
type Rows = postgres.PendingQuery<postgres.Row[]>

/** Lists are for looking through: what is older than this many is found by something more exact. */
const most = 50

const paths: Record<FoundKind, (id: string) => string> = {
  session: (id) => `/operate/sessions/${id}`,
  transfer: (id) => `/operate/transfers/${id}`,
  payment: (id) => `/operate/payments/${id}`,
  webhook: (id) => `/operate/webhooks/${id}`,
  job: (id) => `/operate/jobs/${id}`,
  alert: () => '/operate/health',
  finding: () => '/operate/health',
  account: (id) => `/operate/audit?by=account:${id}`,
  address: () => '/operate/treasury',
}

/**
 * Whatever the text names, whole: an id of any of our rows, of Stripe's, an address, a transaction hash (that of a
 * replaced attempt too), a receipt's number, a job's number, or a type of event. Each form is looked up in its own indexes.
 */
export async function find({ actor, text }: { actor: Actor; text: string }): Promise<Found[]> {
  const target = searchTarget(text)
  if (!target || actor.role !== 'authenticated') return []
  return (await as(actor)((sql) => lookUp(sql, target))).map(toFound)
}

function lookUp(sql: Sql, { kind, value }: SearchTarget): Rows {
  switch (kind) {
    case 'id':
      return byId(sql, value)
    case 'address':
      return byAddress(sql, value)
    case 'hash':
      return byHash(sql, value)
    case 'stripe':
      return sql`select 'session' as kind, s.id::text, s.created_at as at, s.status as note from public.onramp_sessions s
        where s.stripe_session_id = ${value}`
    case 'receipt':
      return sql`select 'session' as kind, s.id::text, s.created_at as at, s.status as note from public.receipts r
        join public.onramp_sessions s on s.id = r.session_id where r.number = ${value}
        union all
        select 'payment', i.id::text, i.created_at, i.status from public.receipts r
        join public.intents i on i.id = r.intent_id where r.number = ${value}`
    case 'job':
      return sql`select 'job' as kind, j.id::text, j.created_at as at, j.task || ': ' || j.state as note
        from app.read_jobs(p_id => ${value}) j`
    case 'event':
      return byEvent(sql, value)
  }
}

function toFound(row: postgres.Row): Found {
  const kind: FoundKind = row.kind
  return { kind, id: row.id, path: paths[kind](row.id), at: row.at?.toISOString() ?? null, note: row.note }
}

const byId = (sql: Sql, id: string): Rows => sql`
  select 'session' as kind, s.id::text, s.created_at as at, s.status as note from public.onramp_sessions s
    where s.id in (select ${id}::uuid
      union all select r.session_id from public.receipts r where r.id = ${id}
      union all select l.subject from public.ledger_transfers l where l.id = ${id})
  union all
  select 'transfer', t.id::text, t.created_at, t.status from public.transfers t where t.id = ${id}
  union all
  select 'payment', t.intent_id::text, t.created_at, i.status from public.circle_transfers t join public.intents i on i.id = t.intent_id
    where t.intent_id in (select ${id}::uuid
      union all select c.intent_id from public.circle_transfers c where c.id = ${id} or c.circle_id = ${id}
      union all select r.intent_id from public.receipts r where r.id = ${id}
      union all select l.subject from public.ledger_transfers l where l.id = ${id})
  union all
  select 'webhook', w.id::text, w.received_at, w.status from public.webhook_events w
    where w.id = ${id} or (w.source = 'circle' and w.event_id = ${id})
  union all
  select 'alert', a.id::text, a.opened_at, a.title from public.alerts a where a.id = ${id}
  union all
  select 'finding', f.id::text, f.first_seen_at, f.kind from public.reconciliation_findings f where f.id = ${id}
  union all
  (select 'session', s.id::text, s.created_at, s.status from public.onramp_sessions s
    where s.owner_id = ${id} order by s.created_at desc limit ${most})
  union all
  (select 'account', ${id}, l.at, 'what this operator did' from public.audit_log l
    where l.actor = ${`account:${id}`} order by l.id desc limit 1)`

const byAddress = (sql: Sql, address: string): Rows => sql`
  (select 'session' as kind, s.id::text, s.created_at as at, s.status as note from public.onramp_sessions s
    where s.wallet_address = ${address} order by s.created_at desc limit ${most})
  union all
  (select 'transfer', t.id::text, t.created_at, 'to it: ' || t.status from public.transfers t
    where t.to_address = ${address} order by t.created_at desc limit ${most})
  union all
  (select 'transfer', t.id::text, t.created_at, 'from it: ' || t.status from public.transfers t
    where t.from_address = ${address} and t.to_address <> ${address} order by t.created_at desc limit ${most})
  union all
  (select 'address', lower(h.detail ->> 'address'), h.checked_at, 'our treasury' from public.health_checks h
    where h.name = 'treasury' and lower(h.detail ->> 'address') = ${address})`

/** A transfer by its hash now, by that of any attempt, or by that of the transaction that took its place. */
const byHash = (sql: Sql, hash: string): Rows => sql`
  (select 'transfer' as kind, t.id::text, t.created_at as at, t.status as note from public.transfers t
    where t.hash = ${hash} or t.displaced_by = ${hash}
    or t.id = (select app.find_attempt(${hash})) order by t.created_at desc limit ${most})
  union all
  select 'payment', t.intent_id::text, t.created_at, t.status from public.circle_transfers t where t.hash = ${hash}
  union all
  select 'payment', r.intent_id::text, r.linked_at, 'refunded by it' from public.intent_refunds r where r.hash = ${hash}`

const byEvent = (sql: Sql, text: string): Rows => sql`
  select 'webhook' as kind, w.id::text, w.received_at as at, w.type || ': ' || w.status as note from public.webhook_events w
    where w.source = 'stripe' and w.event_id = ${text}
  union all
  (select 'webhook', w.id::text, w.received_at, w.type || ': ' || w.status from public.webhook_events w
    where w.id in (select app.find_webhooks_of_type(${text})) order by w.received_at desc)`

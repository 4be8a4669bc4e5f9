import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { notFound } from '#lib/http/problem.ts'
import { getOnrampSession } from '#lib/onramp/get.ts'
import type { OnrampSession } from '#lib/onramp/schema.ts'
import { type Attempt, attemptsOf } from '#lib/operate/attempts.ts'
import { type AuditEntry, listAudit } from '#lib/operate/audit.ts'
import { type Job, jobsOf } from '#lib/operate/jobs.ts'
import { type LedgerLine, listLedgerLines } from '#lib/operate/ledger.ts'
import { type DeskTransfer, listTransfers } from '#lib/operate/list-transfers.ts'

/** One thing that happened to a session, or to one of its transfers, or that an operator did to it. */
export type Moment = { what: string; from: string | null; to: string; at: string; actor: string }

export type SessionDetail = {
  session: OnrampSession
  ownerId: string | null
  stripeSessionId: string | null
  stripeStatus: string | null
  settlementNetwork: string
  settlementAddress: string
  feeBasisPoints: number
  receiptNumber: string | null
  paidLate: 'open' | 'settled' | null
  timeline: Moment[]
  /** The oldest first, each with every hash it was signed under. */
  transfers: (DeskTransfer & { attempts: Attempt[] })[]
  webhooks: SessionWebhook[]
  jobs: Job[]
  audit: AuditEntry[]
  ledger: LedgerLine[]
}

export type SessionWebhook = { id: string; eventId: string; type: string; status: string; receivedAt: string }

/** What Stripe told of its session, the newest first. */
async function readWebhooks(actor: Actor, stripeSessionId: string | null): Promise<SessionWebhook[]> {
  if (stripeSessionId === null) return []
  const rows = await as(actor)(
    (sql) => sql`select w.id, w.event_id, w.type, w.status, w.received_at from public.webhook_events w
      where w.id in (select app.find_webhooks_of_session(${stripeSessionId})) order by w.received_at desc`,
  )
  return rows.map((row) => ({
    id: row.id,
    eventId: row.event_id,
    type: row.type,
    status: row.status,
    receivedAt: row.received_at.toISOString(),
  }))
}

async function readTimeline(actor: Actor, id: string): Promise<Moment[]> {
  const rows = await as(actor)(
    (
      sql,
    ) => sql`select 'Session' as what, from_status, to_status, at, actor, version from public.onramp_events where session_id = ${id}
      union all
      select case t.kind when 'stripe_payout' then 'Stripe''s payout' else 'Our delivery' end, e.from_status, e.to_status, e.at, e.actor, e.version
      from public.transfer_events e join public.transfers t on t.id = e.transfer_id where t.session_id = ${id}
      union all
      select 'Audit', null, action, at, actor, 0 from public.audit_log where subject = ${id}
      order by at, version`,
  )
  return rows.map((row) => ({
    what: row.what,
    from: row.from_status,
    to: row.to_status,
    at: row.at.toISOString(),
    actor: row.actor,
  }))
}

/** A session with everything known of it. Throws not_found for anyone who may not see it. */
export async function getSessionDetail({ actor, id }: { actor: Actor; id: string }): Promise<SessionDetail> {
  const session = await getOnrampSession({ actor, id })
  const [[row], timeline, { items: ledger }, { items: newestFirst }, { items: audit }] = await Promise.all([
    as(actor)(
      (
        sql,
      ) => sql`select s.owner_id, s.stripe_session_id, s.stripe_status, s.settlement_network, s.settlement_address, s.fee_basis_points,
          case when s.paid_after_expiry_settled_at is not null then 'settled' when s.paid_after_expiry_at is not null then 'open' end as paid_late,
          (select r.number from public.receipts r where r.session_id = s.id) as receipt_number
        from public.onramp_sessions s where s.id = ${session.id}`,
    ),
    readTimeline(actor, session.id),
    listLedgerLines({ actor, subject: session.id }),
    listTransfers({ actor, sessionId: session.id }),
    listAudit({ actor, subject: session.id }),
  ])
  if (!row) throw notFound('session')
  const transfers = newestFirst.toReversed()
  const ofSession = ['sync', 'expire', 'deliver'].map((what) => `${what}:${session.id}`)
  const ofTransfers = transfers.flatMap((transfer) => [`send:${transfer.id}`, `watch:${transfer.id}`])
  const [attempts, webhooks, jobs] = await Promise.all([
    attemptsOf({ actor, transfers }),
    readWebhooks(actor, row.stripe_session_id),
    jobsOf({ actor, keys: [...ofSession, ...ofTransfers] }),
  ])
  return {
    session,
    ownerId: row.owner_id,
    stripeSessionId: row.stripe_session_id,
    stripeStatus: row.stripe_status,
    settlementNetwork: row.settlement_network,
    settlementAddress: row.settlement_address,
    feeBasisPoints: row.fee_basis_points,
    receiptNumber: row.receipt_number,
    paidLate: row.paid_late,
    timeline,
    transfers: transfers.map((transfer) => ({ ...transfer, attempts: attempts.get(transfer.id) ?? [] })),
    webhooks,
    jobs,
    audit,
    ledger,
  }
}

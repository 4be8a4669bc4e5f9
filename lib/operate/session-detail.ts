import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { notFound } from '#lib/http/problem.ts'
import { getOnrampSession } from '#lib/onramp/get.ts'
import type { OnrampSession } from '#lib/onramp/schema.ts'
import { type LedgerLine, listLedgerLines } from '#lib/operate/ledger.ts'

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
  timeline: Moment[]
  ledger: LedgerLine[]
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
  const [[row], timeline, { items: ledger }] = await Promise.all([
    as(actor)(
      (
        sql,
      ) => sql`select s.owner_id, s.stripe_session_id, s.stripe_status, s.settlement_network, s.settlement_address, s.fee_basis_points,
          (select r.number from public.receipts r where r.session_id = s.id) as receipt_number
        from public.onramp_sessions s where s.id = ${session.id}`,
    ),
    readTimeline(actor, session.id),
    listLedgerLines({ actor, subject: session.id }),
  ])
  if (!row) throw notFound('session')
  return {
    session,
    ownerId: row.owner_id,
    stripeSessionId: row.stripe_session_id,
    stripeStatus: row.stripe_status,
    settlementNetwork: row.settlement_network,
    settlementAddress: row.settlement_address,
    feeBasisPoints: row.fee_basis_points,
    receiptNumber: row.receipt_number,
    timeline,
    ledger,
  }
}

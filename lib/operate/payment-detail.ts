import { z } from 'zod'
import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { notFound } from '#lib/http/problem.ts'
import { type AuditEntry, listAudit } from '#lib/operate/audit.ts'
import { type Job, jobsOf } from '#lib/operate/jobs.ts'
import { type LedgerLine, listLedgerLines } from '#lib/operate/ledger.ts'
import { type DeskPayment, listPayments } from '#lib/operate/list-payments.ts'
import type { Moment } from '#lib/operate/session-detail.ts'

export type PaymentDetail = {
  payment: DeskPayment
  timeline: Moment[]
  jobs: Job[]
  audit: AuditEntry[]
  ledger: LedgerLine[]
}

/** A payment that Circle was asked to make, with everything known of it. Throws not_found for anyone who may not see it. */
export async function getPaymentDetail({ actor, id }: { actor: Actor; id: string }): Promise<PaymentDetail> {
  if (!z.uuid().safeParse(id).success) throw notFound('payment')
  const {
    items: [payment],
  } = await listPayments({ actor, id })
  if (!payment) throw notFound('payment')
  const [timeline, jobs, { items: audit }, { items: ledger }] = await Promise.all([
    readTimeline(actor, payment),
    jobsOf({ actor, keys: [`execute:${id}`, `expire_intent:${id}`] }),
    listAudit({ actor, subject: id }),
    listLedgerLines({ actor, subject: id }),
  ])
  return { payment, timeline, jobs, audit, ledger }
}

async function readTimeline(actor: Actor, { id, transferId }: DeskPayment): Promise<Moment[]> {
  const rows = await as(actor)(
    (
      sql,
    ) => sql`select 'Payment' as what, from_status, to_status, at, actor, version from public.intent_events where intent_id = ${id}
      union all
      select 'Circle''s transfer', from_status, to_status, at, actor, version from public.circle_transfer_events where transfer_id = ${transferId}
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

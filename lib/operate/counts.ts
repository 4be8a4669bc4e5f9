import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { freshMinutes } from '#lib/rates/pairs.ts'

export type DeskCounts = {
  /** Sessions that wait for a person, are unclear, or were paid too late and are not settled. */
  attention: number
  /** Webhooks whose handling failed, or was given up. */
  webhooks: number
  openTransfers: number
  /** Payments of which nobody knows yet whether they moved. */
  unknownPayments: number
  /** Jobs that are not tried again by themselves. */
  failedJobs: number
  openAlerts: number
  openFindings: number
  /** Parts that are not well, or that nobody looks at any more. */
  unwell: number
  /** Pairs of which no quote can be given, as their price is too old. */
  stalePairs: number
}

/** How much waits for somebody, by section of the desk. */
export async function deskCounts({ actor }: { actor: Actor }): Promise<DeskCounts> {
  const [row] = await as(actor)(
    (sql) => sql`select
      (select count(*)::int from public.onramp_sessions where status in ('needs_attention', 'unknown'))
        + (select count(*)::int from public.onramp_sessions 
            where paid_after_expiry_at is not null and paid_after_expiry_settled_at is null) as attention,
      -- Each has an index of its own; asked for together, the whole inbox would be read.
      (select count(*)::int from public.webhook_events where status = 'failed')
        + (select count(*)::int from public.webhook_events where status = 'quarantined') as webhooks,
      (select count(*)::int from public.transfers where finalized_at is null) as open_transfers,
      (select count(*)::int from public.circle_transfers t join public.intents i on i.id = t.intent_id
        where t.finalized_at is null and i.status = 'unknown') as unknown_payments,
      (select coalesce(sum(jobs), 0)::int from app.read_job_counts() where state = 'failed') as failed_jobs,
      (select count(*)::int from public.alerts where cleared_at is null) as open_alerts,
      (select count(*)::int from public.reconciliation_findings where cleared_at is null) as open_findings,
      (select count(*)::int from public.health_checks where status <> 'ok') as unwell,
      (select count(*)::int from public.rate_policies p where not exists (
        select from public.rate_ticks t where t.asset = p.asset and t.currency = p.currency and t.origin = 'feed'
          and t.at > now() - make_interval(mins => ${freshMinutes + 10})
          and t.observed_at > now() - make_interval(mins => ${freshMinutes}))) as stale_pairs`,
  )
  return {
    attention: row?.attention ?? 0,
    webhooks: row?.webhooks ?? 0,
    openTransfers: row?.open_transfers ?? 0,
    unknownPayments: row?.unknown_payments ?? 0,
    failedJobs: row?.failed_jobs ?? 0,
    openAlerts: row?.open_alerts ?? 0,
    openFindings: row?.open_findings ?? 0,
    unwell: row?.unwell ?? 0,
    stalePairs: row?.stale_pairs ?? 0,
  }
}

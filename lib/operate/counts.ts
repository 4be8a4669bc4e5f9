import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'

export type DeskCounts = { attention: number; failedWebhooks: number; openTransfers: number }

/** How much waits for a person: sessions to look at, webhooks that failed, transfers on their way. */
export async function deskCounts({ actor }: { actor: Actor }): Promise<DeskCounts> {
  const [row] = await as(actor)(
    (sql) => sql`select
      (select count(*)::int from public.onramp_sessions
         where status in ('needs_attention', 'unknown') or paid_after_expiry_at is not null) as attention,
      (select count(*)::int from public.webhook_events where status = 'failed') as failed_webhooks,
      (select count(*)::int from public.transfers where finalized_at is null) as open_transfers`,
  )
  return {
    attention: row?.attention ?? 0,
    failedWebhooks: row?.failed_webhooks ?? 0,
    openTransfers: row?.open_transfers ?? 0,
  }
}

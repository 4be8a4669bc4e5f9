import { z } from 'zod'
import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { notFound } from '#lib/http/problem.ts'
import { toWebhookEvent, webhookColumns } from '#lib/webhooks/list.ts'
import type { WebhookEventDetail } from '#lib/webhooks/schema.ts'

/** One inbox row with its raw body and history. For everyone but an operator it does not exist. */
export async function getWebhookEvent({ actor, id }: { actor: Actor; id: string }): Promise<WebhookEventDetail> {
  if (!z.uuid().safeParse(id).success) throw notFound('webhook')
  const [row] = await as(actor)(
    (sql) => sql`select ${webhookColumns(sql)}, w.body, encode(w.body_hash, 'hex') as body_sha256,
        (select jsonb_agg(jsonb_build_object('from', h.from_status, 'to', h.to_status, 'at', h.at, 'actor', h.actor) order by h.version)
           from public.webhook_event_history h where h.webhook_event_id = w.id) as history
      from public.webhook_events w where w.id = ${id}`,
  )
  if (!row) throw notFound('webhook')
  return {
    ...toWebhookEvent(row),
    body: Buffer.from(row.body).toString('utf8'),
    bodySha256: row.body_sha256,
    history: row.history,
  }
}

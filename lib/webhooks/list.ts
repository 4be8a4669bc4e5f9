import type postgres from 'postgres'
import type { z } from 'zod'
import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { pageCursor, readCursor } from '#lib/http/cursor.ts'
import { ListWebhooksInput, type WebhookEvent } from '#lib/webhooks/schema.ts'

type Page = { items: WebhookEvent[]; nextCursor: string | null }

/** The inbox, newest first; `search` is an event id or a type. Row-level security shows it to operators only: others get an empty page. */
export async function listWebhookEvents({
  actor,
  ...query
}: { actor: Actor } & z.input<typeof ListWebhooksInput>): Promise<Page> {
  const { cursor, limit, status, search } = ListWebhooksInput.parse(query)
  const after = readCursor(cursor)
  const rows = await as(actor)(
    (sql) => sql`select ${webhookColumns(sql)}, w.received_at::text as position from public.webhook_events w
      where true
        ${status ? sql`and w.status = ${status}` : sql``}
        ${search ? sql`and (w.event_id = ${search} or w.type = ${search} or w.id::text = ${search})` : sql``}
        ${after ? sql`and (w.received_at, w.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``}
      order by w.received_at desc, w.id desc limit ${limit + 1}`,
  )
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    items: rows.slice(0, limit).map(toWebhookEvent),
    nextCursor: last ? pageCursor(last.position, last.id) : null,
  }
}

/** The columns from which `toWebhookEvent` makes its row. */
export function webhookColumns(sql: postgres.TransactionSql): postgres.PendingQuery<postgres.Row[]> {
  return sql`w.id, w.source, w.event_id, w.type, w.status, w.signature, w.signed_at, w.received_at, w.deliveries, w.attempts,
    w.faults, w.last_attempt_at, w.next_attempt_at, w.last_error, w.ignored_because, w.processed_at`
}

export function toWebhookEvent(row: postgres.Row): WebhookEvent {
  return {
    id: row.id,
    source: row.source,
    eventId: row.event_id,
    type: row.type,
    status: row.status,
    signature: row.signature,
    signedAt: row.signed_at.toISOString(),
    receivedAt: row.received_at.toISOString(),
    deliveries: row.deliveries,
    attempts: row.attempts,
    faults: row.faults,
    lastAttemptAt: row.last_attempt_at?.toISOString() ?? null,
    nextAttemptAt: row.next_attempt_at?.toISOString() ?? null,
    lastError: row.last_error,
    ignoredBecause: row.ignored_because,
    processedAt: row.processed_at?.toISOString() ?? null,
  }
}

import { z } from 'zod'
import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { readNumberCursor } from '#lib/http/cursor.ts'

export const ListAuditInput = z.strictObject({
  cursor: z.string().max(20).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  by: z.string().max(200).optional(),
  action: z.string().max(200).optional(),
  subject: z.string().max(200).optional(),
})

export type AuditEntry = {
  id: string
  at: string
  actor: string
  action: string
  subject: string
  detail: Record<string, unknown>
}

/** What people with power did, the newest first. Row-level security shows it to operators only. */
export async function listAudit({
  actor,
  ...query
}: { actor: Actor } & z.input<typeof ListAuditInput>): Promise<{ items: AuditEntry[]; nextCursor: string | null }> {
  const { cursor, limit, by, action, subject } = ListAuditInput.parse(query)
  const before = readNumberCursor(cursor)
  const rows = await as(actor)(
    (sql) => sql`select l.id::text, l.at, l.actor, l.action, l.subject, l.detail from public.audit_log l
      where true ${by ? sql`and l.actor = ${by}` : sql``} ${action ? sql`and l.action = ${action}` : sql``}
        ${subject ? sql`and l.subject = ${subject}` : sql``} ${before ? sql`and l.id < ${before}` : sql``}
      order by l.id desc limit ${limit + 1}`,
  )
  return {
    items: rows.slice(0, limit).map((row) => ({
      id: row.id,
      at: row.at.toISOString(),
      actor: row.actor,
      action: row.action,
      subject: row.subject,
      detail: row.detail,
    })),
    nextCursor: rows.length > limit ? (rows[limit - 1]?.id ?? null) : null,
  }
}

/** Every action that was ever written down, by the index alone: it is asked for the next greater one until there is none. */
export async function listAuditActions({ actor }: { actor: Actor }): Promise<string[]> {
  const rows = await as(actor)(
    (sql) => sql`with recursive actions as (
        (select action from public.audit_log order by action limit 1)
        union all
        select (select l.action from public.audit_log l where l.action > a.action order by l.action limit 1)
        from actions a where a.action is not null
      ) select action from actions where action is not null`,
  )
  return rows.map(({ action }) => action)
}

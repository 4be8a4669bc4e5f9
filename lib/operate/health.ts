import type postgres from 'postgres'
import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { pageCursor, readCursor } from '#lib/http/cursor.ts'

export type HealthCheck = {
  name: string
  status: 'ok' | 'degraded' | 'down'
  summary: string
  detail: Record<string, unknown>
  since: string
  checkedAt: string
  /** Nobody looked for so long that what it says may be wrong. */
  stale: boolean
}

/** Each part is looked at every minute: after three, nobody does. */
export const staleAfterMinutes = 3

/** Each part that Causeway needs, as it was last seen. Row-level security shows it to operators only. */
export async function listHealthChecks({ actor }: { actor: Actor }): Promise<HealthCheck[]> {
  const rows = await as(actor)(
    (sql) => sql`select name, status, summary, detail, since, checked_at,
        checked_at < now() - make_interval(mins => ${staleAfterMinutes}) as stale
      from public.health_checks order by array_position(array['down', 'degraded', 'ok'], status), name`,
  )
  return rows.map((row) => ({
    name: row.name,
    status: row.status,
    summary: row.summary,
    detail: row.detail,
    since: row.since.toISOString(),
    checkedAt: row.checked_at.toISOString(),
    stale: row.stale,
  }))
}

export type Alert = {
  id: string
  kind: string
  subject: string
  title: string
  detail: string
  path: string
  openedAt: string
  clearedAt: string | null
  acknowledgedAt: string | null
  acknowledgedBy: string | null
}

export type Finding = {
  id: string
  kind: string
  subject: string
  detail: Record<string, unknown>
  firstSeenAt: string
  lastSeenAt: string
  clearedAt: string | null
}

type PageQuery = { actor: Actor; cursor?: string; limit?: number }

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

const toAlert = (row: postgres.Row): Alert => ({
  id: row.id,
  kind: row.kind,
  subject: row.subject,
  title: row.title,
  detail: row.detail,
  path: row.path,
  openedAt: row.opened_at.toISOString(),
  clearedAt: iso(row.cleared_at),
  acknowledgedAt: iso(row.acknowledged_at),
  acknowledgedBy: row.acknowledged_by,
})

const toFinding = (row: postgres.Row): Finding => ({
  id: row.id,
  kind: row.kind,
  subject: row.subject,
  detail: row.detail,
  firstSeenAt: row.first_seen_at.toISOString(),
  lastSeenAt: row.last_seen_at.toISOString(),
  clearedAt: iso(row.cleared_at),
})

function pageOf<Item>(rows: postgres.Row[], limit: number, toItem: (row: postgres.Row) => Item) {
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return { items: rows.slice(0, limit).map(toItem), nextCursor: last ? pageCursor(last.position, last.id) : null }
}

/** What an operator is to look at now, the newest first: at most 200. */
export async function listOpenAlerts({ actor }: { actor: Actor }): Promise<Alert[]> {
  const rows = await as(actor)(
    (sql) => sql`select * from public.alerts where cleared_at is null order by opened_at desc, id desc limit 200`,
  )
  return rows.map(toAlert)
}

/** What is over, the newest first. */
export async function listClearedAlerts({ actor, cursor, limit = 50 }: PageQuery) {
  const after = readCursor(cursor)
  const rows = await as(actor)(
    (sql) => sql`select *, opened_at::text as position from public.alerts where cleared_at is not null
        ${after ? sql`and (opened_at, id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``}
      order by opened_at desc, id desc limit ${limit + 1}`,
  )
  return pageOf(rows, limit, toAlert)
}

/** What does not add up now, the newest first: at most 200. */
export async function listOpenFindings({ actor }: { actor: Actor }): Promise<Finding[]> {
  const rows = await as(actor)(
    (sql) => sql`select * from public.reconciliation_findings where cleared_at is null
      order by first_seen_at desc, id desc limit 200`,
  )
  return rows.map(toFinding)
}

/** What did not add up once, the newest first. */
export async function listClearedFindings({ actor, cursor, limit = 50 }: PageQuery) {
  const after = readCursor(cursor)
  const rows = await as(actor)(
    (
      sql,
    ) => sql`select *, first_seen_at::text as position from public.reconciliation_findings where cleared_at is not null
        ${after ? sql`and (first_seen_at, id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``}
      order by first_seen_at desc, id desc limit ${limit + 1}`,
  )
  return pageOf(rows, limit, toFinding)
}

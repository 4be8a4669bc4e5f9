import type postgres from 'postgres'
import { z } from 'zod'
import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { pageCursor, readCursor } from '#lib/http/cursor.ts'
import { type OnrampSession, sessionStatuses } from '#lib/onramp/schema.ts'
import { sessionColumns, toSession } from '#lib/onramp/session.ts'

export const SearchSessionsInput = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  status: z.enum(sessionStatuses).optional(),
  search: z.string().trim().toLowerCase().max(200).optional(),
})

/** A session as the desk shows it: with Stripe's side of it and the account it belongs to. */
export type DeskSession = OnrampSession & {
  stripeSessionId: string | null
  stripeStatus: string | null
  ownerId: string | null
  updatedAt: string
}

type Page = { items: DeskSession[]; nextCursor: string | null }

/**
 * Every session, newest first, for an operator; row-level security shows anyone else only their own. `search` is a session's
 * id, Stripe's id, a wallet address or a transaction hash.
 */
export async function searchOnrampSessions({
  actor,
  ...query
}: { actor: Actor } & z.input<typeof SearchSessionsInput>): Promise<Page> {
  const { cursor, limit, status, search } = SearchSessionsInput.parse(query)
  const after = readCursor(cursor)
  const rows = await as(actor)(
    (
      sql,
    ) => sql`select ${sessionColumns(sql)}, ${deskColumns(sql)}, s.created_at::text as position from public.onramp_sessions s
      where true
        ${status ? sql`and s.status = ${status}` : sql``}
        ${search ? matches(sql, search) : sql``}
        ${after ? sql`and (s.created_at, s.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``}
      order by s.created_at desc, s.id desc limit ${limit + 1}`,
  )
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    items: rows.slice(0, limit).map(toDeskSession),
    nextCursor: last ? pageCursor(last.position, last.id) : null,
  }
}

// One index a kind of key: the form of what was typed tells which.
function matches(sql: postgres.TransactionSql, search: string): postgres.PendingQuery<postgres.Row[]> {
  if (z.uuid().safeParse(search).success) return sql`and s.id = ${search}`
  if (/^0x[0-9a-f]{40}$/.test(search)) return sql`and s.wallet_address = ${search}`
  if (/^0x[0-9a-f]{64}$/.test(search))
    return sql`and s.id in (select t.session_id from public.transfers t where t.hash = ${search})`
  return sql`and lower(s.stripe_session_id) = ${search}`
}

/** The columns that only the desk shows. */
export function deskColumns(sql: postgres.TransactionSql): postgres.PendingQuery<postgres.Row[]> {
  return sql`s.stripe_session_id, s.stripe_status, s.owner_id, s.updated_at`
}

export function toDeskSession(row: postgres.Row): DeskSession {
  return {
    ...toSession(row),
    stripeSessionId: row.stripe_session_id,
    stripeStatus: row.stripe_status,
    ownerId: row.owner_id,
    updatedAt: row.updated_at.toISOString(),
  }
}

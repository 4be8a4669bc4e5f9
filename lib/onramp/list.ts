import { z } from 'zod'
import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { pageCursor, readCursor } from '#lib/http/cursor.ts'
import { Problem } from '#lib/http/problem.ts'
import { type OnrampSession, sessionStatuses } from '#lib/onramp/schema.ts'
import { sessionColumns, toSession } from '#lib/onramp/session.ts'

export const ListSessionsInput = z.strictObject({
  cursor: z.string().max(200).optional().meta({ description: 'The nextCursor of the page before.' }),
  limit: z.coerce.number().int().min(1).max(100).default(25).meta({ description: 'How many a page has at most.' }),
  status: z.enum(sessionStatuses).optional().meta({ description: 'Only those in this status.' }),
})

type Page = { items: OnrampSession[]; nextCursor: string | null }

/** A person's own purchases, newest first. Guests have no list: each of their sessions is reached by its secret. */
export async function listOnrampSessions({
  actor,
  ...query
}: { actor: Actor } & z.input<typeof ListSessionsInput>): Promise<Page> {
  if (actor.role !== 'authenticated') {
    throw new Problem(401, 'sign_in_required', 'Sign in first', 'Your purchases are listed once you have signed in.')
  }
  const { cursor, limit, status } = ListSessionsInput.parse(query)
  const after = readCursor(cursor)
  const rows = await as(actor)(
    (sql) => sql`select ${sessionColumns(sql)}, s.created_at::text as position from public.onramp_sessions s
      where s.owner_id = ${actor.userId}
        ${status ? sql`and s.status = ${status}` : sql``}
        ${after ? sql`and (s.created_at, s.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``}
      order by s.created_at desc, s.id desc limit ${limit + 1}`,
  )
  const items = rows.slice(0, limit).map((row) => toSession(row))
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return { items, nextCursor: last ? pageCursor(last.position, last.id) : null }
}

import type { z } from 'zod'
import type { Actor } from '#lib/auth/actor.ts'
import { requirePerson } from '#lib/auth/require-person.ts'
import { as } from '#lib/db/as.ts'
import { readCursor } from '#lib/http/cursor.ts'
import { pageOf } from '#lib/http/page.ts'
import { parseInput } from '#lib/http/parse.ts'
import { type Call, ListRoomsInput } from '#lib/rooms/schema.ts'
import { type StoredCall, toCall } from '#lib/rooms/stored.ts'

type Row = { id: string; position: string; call: StoredCall }

/** The calls a person was in and with whom, newest first. */
export async function listCalls(
  actor: Actor,
  query: z.input<typeof ListRoomsInput> = {},
): Promise<{ calls: Call[]; nextCursor: string | null }> {
  const person = requirePerson(actor)
  const { cursor, limit } = parseInput(ListRoomsInput, query)
  const after = readCursor(cursor)
  const found = await as(person)(
    (sql) => sql`select call, "position", id
      from app.list_calls(${after?.at ?? null}::timestamptz, ${after?.id ?? null}, ${limit + 1})`,
  )
  // Cast: the columns selected above.
  const { rows, nextCursor } = pageOf(found as unknown as Row[], limit)
  return { calls: rows.map((row) => toCall(row.call)), nextCursor }
}

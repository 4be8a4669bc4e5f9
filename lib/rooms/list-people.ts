import type { z } from 'zod'
import type { Actor } from '#lib/auth/actor.ts'
import { requirePerson } from '#lib/auth/require-person.ts'
import { as } from '#lib/db/as.ts'
import { readCursor } from '#lib/http/cursor.ts'
import { pageOf } from '#lib/http/page.ts'
import { parseInput } from '#lib/http/parse.ts'
import { ListRoomsInput, type RoomPerson } from '#lib/rooms/schema.ts'
import { type StoredPerson, toPerson } from '#lib/rooms/stored.ts'

type Row = { id: string; position: string; person: StoredPerson }

/** Who is there and free, the last who came first. Throws pass_required and suspended. */
export async function listPeople(
  actor: Actor,
  query: z.input<typeof ListRoomsInput> = {},
): Promise<{ people: RoomPerson[]; nextCursor: string | null }> {
  const person = requirePerson(actor)
  const { cursor, limit } = parseInput(ListRoomsInput, query)
  const after = readCursor(cursor)
  const found = await as(person)(
    (sql) => sql`select person, "position", id
      from app.list_people(${after?.at ?? null}::timestamptz, ${after?.id ?? null}, ${limit + 1})`,
  )
  // Cast: the columns selected above.
  const { rows, nextCursor } = pageOf(found as unknown as Row[], limit)
  return { people: rows.map((row) => toPerson(row.person)), nextCursor }
}

import type { Actor } from '#lib/auth/actor.ts'
import { requirePerson } from '#lib/auth/require-person.ts'
import { as } from '#lib/db/as.ts'
import type { Room } from '#lib/rooms/schema.ts'
import { toRoom } from '#lib/rooms/stored.ts'

/** What concerns a person in the rooms now. Throws pass_required and suspended. */
export async function readRoom(actor: Actor): Promise<Room> {
  const [row] = await as(requirePerson(actor))((sql) => sql`select app.read_room() as room`)
  return toRoom(row?.room)
}

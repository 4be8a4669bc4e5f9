import type { Actor } from '#lib/auth/actor.ts'
import { requirePerson } from '#lib/auth/require-person.ts'
import { as } from '#lib/db/as.ts'
import { parseInput } from '#lib/http/parse.ts'
import { EnterRoomsInput, type Room } from '#lib/rooms/schema.ts'
import { toRoom } from '#lib/rooms/stored.ts'

/**
 * A person is in the rooms, and says so again every few seconds: whoever has not for half a minute is gone.
 * Throws pass_required, suspended and name_needed.
 */
export async function enterRooms(actor: Actor, request: EnterRoomsInput): Promise<Room> {
  const person = requirePerson(actor)
  const { camera } = parseInput(EnterRoomsInput, request)
  const [row] = await as(person)((sql) => sql`select app.enter_rooms(${camera}) as room`)
  return toRoom(row?.room)
}

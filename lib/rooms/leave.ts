import type { Actor } from '#lib/auth/actor.ts'
import { requirePerson } from '#lib/auth/require-person.ts'
import { as } from '#lib/db/as.ts'

/** A person is in the rooms no longer, which withdraws what they asked. A call they are in goes on. */
export async function leaveRooms(actor: Actor): Promise<void> {
  await as(requirePerson(actor))((sql) => sql`select app.leave_rooms()`)
}

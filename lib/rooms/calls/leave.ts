import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { requireOwn } from '#lib/rooms/require-own.ts'
import type { Call } from '#lib/rooms/schema.ts'
import { toCall } from '#lib/rooms/stored.ts'

/** One of the two ends the call. One that is over stays as it ended. */
export async function leaveCall(actor: Actor, id: string): Promise<Call> {
  const [row] = await as(requireOwn(actor, 'call', id))((sql) => sql`select app.leave_call(${id}) as call`)
  return toCall(row?.call)
}

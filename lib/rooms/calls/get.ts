import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { notFound } from '#lib/http/problem.ts'
import { requireOwn } from '#lib/rooms/require-own.ts'
import type { Call } from '#lib/rooms/schema.ts'
import { toCall } from '#lib/rooms/stored.ts'

/** A call that the person is, or was, in. */
export async function getCall(actor: Actor, id: string): Promise<Call> {
  const [row] = await as(requireOwn(actor, 'call', id))((sql) => sql`select app.read_call(${id}) as call`)
  if (!row?.call) throw notFound('call')
  return toCall(row.call)
}

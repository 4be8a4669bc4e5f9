import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { parseInput } from '#lib/http/parse.ts'
import { requireOwn } from '#lib/rooms/require-own.ts'
import { BeatCallInput, type Call } from '#lib/rooms/schema.ts'
import { toCall } from '#lib/rooms/stored.ts'

/** One of the two is still there, and hears and sees the other or does not yet. Throws pass_required and suspended. */
export async function beatCall(actor: Actor, id: string, request: BeatCallInput): Promise<Call> {
  const person = requireOwn(actor, 'call', id)
  const { connected } = parseInput(BeatCallInput, request)
  const [row] = await as(person)((sql) => sql`select app.beat_call(${id}, ${connected}) as call`)
  return toCall(row?.call)
}

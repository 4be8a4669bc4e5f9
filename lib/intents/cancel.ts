import { z } from 'zod'
import type { AgentActor, PersonActor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { notFound } from '#lib/http/problem.ts'
import { toIntent } from '#lib/intents/intent.ts'
import type { Intent } from '#lib/intents/schema.ts'

/** Ends a payment of which nothing has moved, and gives back what it held. Throws wrong_state once it is too late. */
export async function cancelIntent(actor: PersonActor | AgentActor, id: string): Promise<Intent> {
  if (!z.uuid().safeParse(id).success) throw notFound('payment')
  const [row] = await as(actor)((sql) => sql`select app.cancel_intent(${id}) as intent`)
  return toIntent(row?.intent)
}

import { z } from 'zod'
import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { notFound } from '#lib/http/problem.ts'

/** Has Circle and the chain asked now what became of a payment, by an operator; audited. It moves nothing. */
export async function lookAtIntent({ actor, id }: { actor: Actor; id: string }): Promise<void> {
  if (actor.role !== 'authenticated' || !z.uuid().safeParse(id).success) throw notFound('payment')
  await as(actor)((sql) => sql`select app.look_at_intent(${id})`)
}

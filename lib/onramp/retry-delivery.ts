import { z } from 'zod'
import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { notFound } from '#lib/http/problem.ts'

/** Tries the delivery of a session that waits for attention again, by an operator; audited. It is delivered at most once all the same. */
export async function retryOnrampDelivery({ actor, id }: { actor: Actor; id: string }): Promise<void> {
  if (actor.role !== 'authenticated' || !z.uuid().safeParse(id).success) throw notFound('session')
  await as(actor)((sql) => sql`select app.retry_onramp_delivery(${id})`)
}

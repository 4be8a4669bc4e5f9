import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { notFound, Problem } from '#lib/http/problem.ts'

export const AdoptSessionInput = z.strictObject({ secret: z.string().min(1).max(200) })

/** Takes a guest's session into the signed-in person's account. The link keeps working. Throws not_found for a wrong secret or another's session. */
export async function adoptOnrampSession({
  actor,
  id,
  secret,
}: {
  actor: Actor
  id: string
  secret: string
}): Promise<void> {
  if (actor.role !== 'authenticated') {
    throw new Problem(401, 'sign_in_required', 'Sign in first', 'Sign in to keep this purchase in your account.')
  }
  if (!z.uuid().safeParse(id).success) throw notFound('session')
  const hash = createHash('sha256').update(secret).digest()
  await as(actor)((sql) => sql`select app.adopt_onramp_session(${id}, ${hash})`)
}

import { z } from 'zod'
import type { Actor } from '#lib/auth/actor.ts'
import { requirePerson } from '#lib/auth/require-person.ts'
import { as } from '#lib/db/as.ts'
import { notFound } from '#lib/http/problem.ts'

/** Takes back what a person approved beforehand. Once this returns, no payment goes through by it; what went through stays. */
export async function revokeStandingApproval(actor: Actor, id: string): Promise<void> {
  const person = requirePerson(actor)
  if (!z.uuid().safeParse(id).success) throw notFound('approval')
  await as(person)((sql) => sql`select app.revoke_standing_approval(${id})`)
}

import { z } from 'zod'
import type { Actor } from '#lib/auth/actor.ts'
import { requirePerson } from '#lib/auth/require-person.ts'
import { as } from '#lib/db/as.ts'
import { notFound } from '#lib/http/problem.ts'

/** A person ends a key of an agent of theirs, at once and for good. Twice is once. */
export async function revokeApiKey(actor: Actor, id: string): Promise<void> {
  const person = requirePerson(actor)
  if (!z.uuid().safeParse(id).success) throw notFound('key')
  await as(person)((sql) => sql`select app.revoke_api_key(${id})`)
}

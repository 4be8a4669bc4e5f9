import { z } from 'zod'
import type { Actor } from '#lib/auth/actor.ts'
import { requirePerson } from '#lib/auth/require-person.ts'
import { as } from '#lib/db/as.ts'
import { notFound } from '#lib/http/problem.ts'

/** Forgets a conversation of the person's. Payments that were ordered in it stay as they are. */
export async function deleteConversation(actor: Actor, id: string): Promise<void> {
  const person = requirePerson(actor)
  if (!z.uuid().safeParse(id).success) throw notFound('conversation')
  await as(person)((sql) => sql`select app.delete_chat(${id})`)
}

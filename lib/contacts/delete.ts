import { z } from 'zod'
import type { Actor } from '#lib/auth/actor.ts'
import { requirePerson } from '#lib/auth/require-person.ts'
import { as } from '#lib/db/as.ts'
import { notFound } from '#lib/http/problem.ts'

/** A person forgets a contact. Payments keep the address they were made to. */
export async function deleteContact(actor: Actor, id: string): Promise<void> {
  const person = requirePerson(actor)
  if (!z.uuid().safeParse(id).success) throw notFound('contact')
  await as(person)((sql) => sql`select app.delete_contact(${id})`)
}

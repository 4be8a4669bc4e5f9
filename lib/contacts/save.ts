import type { Actor } from '#lib/auth/actor.ts'
import { requirePerson } from '#lib/auth/require-person.ts'
import { toContact } from '#lib/contacts/contact.ts'
import { type Contact, SaveContactInput } from '#lib/contacts/schema.ts'
import { as } from '#lib/db/as.ts'
import { parseInput } from '#lib/http/parse.ts'
import { notFound } from '#lib/http/problem.ts'

/** A person saves whom they pay by name. Saving the very same twice is saving it once. */
export async function saveContact(actor: Actor, request: SaveContactInput): Promise<Contact> {
  const person = requirePerson(actor)
  const { name, address, domain } = parseInput(SaveContactInput, request)
  const [saved] = await as(person)(
    (sql) => sql`select app.save_contact(${name}, ${address.toLowerCase()}, ${domain ?? null}) as id`,
  )
  const [row] = await as(person)(
    (sql) => sql`select id, name, address, domain, created_at from public.contacts where id = ${saved?.id}`,
  )
  if (!row) throw notFound('contact')
  return toContact(row)
}

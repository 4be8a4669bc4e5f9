import { z } from 'zod'
import type { Actor } from '#lib/auth/actor.ts'
import { requirePerson } from '#lib/auth/require-person.ts'
import { as } from '#lib/db/as.ts'
import { notFound } from '#lib/http/problem.ts'
import { toOwnLink } from '#lib/links/link.ts'
import type { OwnLink } from '#lib/links/schema.ts'

/** Ends a link of the person's. Throws wrong_state once it has ended, and while a payment is arriving. */
export async function cancelLink(actor: Actor, id: string): Promise<OwnLink> {
  const person = requirePerson(actor)
  if (!z.uuid().safeParse(id).success) throw notFound('link')
  const [row] = await as(person)((sql) => sql`select app.cancel_link(${id}) as link`)
  return toOwnLink(row?.link)
}

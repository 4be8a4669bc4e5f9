import { z } from 'zod'
import type { PersonActor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { notFound } from '#lib/http/problem.ts'
import { toOwnLink } from '#lib/links/link.ts'
import type { OwnLink } from '#lib/links/schema.ts'

/** A link of the person's own, with what came to its address and fits no link. */
export async function getOwnLink(actor: PersonActor, id: string): Promise<OwnLink> {
  if (!z.uuid().safeParse(id).success) throw notFound('link')
  const [row] = await as(actor)((sql) => sql`select app.read_own_link(${id}) as link`)
  if (!row?.link) throw notFound('link')
  return toOwnLink(row.link)
}

import { z } from 'zod'
import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { notFound } from '#lib/http/problem.ts'
import { toLink } from '#lib/links/link.ts'
import type { Link } from '#lib/links/schema.ts'

/** A link, for anybody who has its id. While somebody looks at it, the chain is looked at more often. */
export async function getLink(actor: Actor, id: string): Promise<Link> {
  if (!z.uuid().safeParse(id).success) throw notFound('link')
  const [row] = await as(actor)((sql) => sql`select app.read_link(${id}) as link`)
  return toLink(row?.link)
}

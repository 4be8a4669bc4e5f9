import { z } from 'zod'
import type { Actor } from '#lib/auth/actor.ts'
import { requirePerson } from '#lib/auth/require-person.ts'
import { as } from '#lib/db/as.ts'
import { readCursor } from '#lib/http/cursor.ts'
import { PageInput, pageOf } from '#lib/http/page.ts'
import { parseInput } from '#lib/http/parse.ts'
import { toOwnLink } from '#lib/links/link.ts'
import { linkStatuses, type OwnLink } from '#lib/links/schema.ts'

export const ListLinksInput = PageInput.extend({
  status: z
    .enum(linkStatuses, { error: `is one of ${linkStatuses.join(', ')}` })
    .optional()
    .meta({ description: 'Only those in this status.' }),
})

/** A person's links, newest first. */
export async function listLinks(
  actor: Actor,
  query: z.input<typeof ListLinksInput> = {},
): Promise<{ links: OwnLink[]; nextCursor: string | null }> {
  const person = requirePerson(actor)
  const { cursor, limit, status } = parseInput(ListLinksInput, query)
  const after = readCursor(cursor)
  const found = await as(person)(
    (sql) => sql`select link, "position", id
      from app.list_links(${status ?? null}, ${after?.at ?? null}::timestamptz, ${after?.id ?? null}, ${limit + 1})`,
  )
  // Cast: the columns selected above.
  const { rows, nextCursor } = pageOf(found as unknown as Row[], limit)
  return { links: rows.map((row) => toOwnLink(row.link)), nextCursor }
}

type Row = { id: string; position: string; link: Parameters<typeof toOwnLink>[0] }

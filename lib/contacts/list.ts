import type { z } from 'zod'
import type { AgentActor, PersonActor } from '#lib/auth/actor.ts'
import { toContact } from '#lib/contacts/contact.ts'
import type { Contact } from '#lib/contacts/schema.ts'
import { as } from '#lib/db/as.ts'
import { readCursor } from '#lib/http/cursor.ts'
import { PageInput, pageOf } from '#lib/http/page.ts'
import { parseInput } from '#lib/http/parse.ts'

/** A person's contacts, newest first. Their agents see them too, and write none. */
export async function listContacts(
  actor: PersonActor | AgentActor,
  query: z.input<typeof PageInput> = {},
): Promise<{ contacts: Contact[]; nextCursor: string | null }> {
  const { cursor, limit } = parseInput(PageInput, query)
  const after = readCursor(cursor)
  const found = await as(actor)(
    (
      sql,
    ) => sql`select c.id, c.name, c.address, c.domain, c.created_at, c.created_at::text as position from public.contacts c
      where c.owner_id = (select private.owner_id())
        ${after ? sql`and (c.created_at, c.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``}
      order by c.created_at desc, c.id desc limit ${limit + 1}`,
  )
  // Cast: the columns selected above.
  const { rows, nextCursor } = pageOf(found as unknown as { id: string; position: string }[], limit)
  return { contacts: rows.map(toContact), nextCursor }
}

import type { z } from 'zod'
import type { Actor } from '#lib/auth/actor.ts'
import { requirePerson } from '#lib/auth/require-person.ts'
import { as } from '#lib/db/as.ts'
import { getGuards } from '#lib/guards/get.ts'
import { type GuardSetRow, toGuardSet } from '#lib/guards/guard-set.ts'
import type { GuardSet } from '#lib/guards/schema.ts'
import { agentIdOf, type Whose } from '#lib/guards/whose.ts'
import { readCursor } from '#lib/http/cursor.ts'
import { PageInput, pageOf } from '#lib/http/page.ts'
import { parseInput } from '#lib/http/parse.ts'

/** Every version of the guards of an agent, or of everything a person has, newest first. None is ever edited. */
export async function listGuardVersions(
  actor: Actor,
  whose: Whose,
  query: z.input<typeof PageInput> = {},
): Promise<{ versions: GuardSet[]; nextCursor: string | null }> {
  const person = requirePerson(actor)
  const { cursor, limit } = parseInput(PageInput, query)
  const after = readCursor(cursor)
  const agentId = agentIdOf(whose)
  if (agentId !== null) await getGuards(person, whose)
  const found = await as(person)(
    (sql) => sql`select g.id, g.version, g.guards, g.at, g.at::text as position from public.guard_sets g
      where g.wallet_set_id = (select private.wallet_set_id())
        and ${agentId === null ? sql`g.agent_id is null` : sql`g.agent_id = ${agentId}`}
        ${after ? sql`and (g.at, g.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``}
      order by g.at desc, g.id desc limit ${limit + 1}`,
  )
  // Cast: the columns selected above.
  const { rows, nextCursor } = pageOf(found as unknown as (GuardSetRow & { id: string; position: string })[], limit)
  return { versions: rows.map(toGuardSet), nextCursor }
}

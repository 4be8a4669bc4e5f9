import type { z } from 'zod'
import { getAgent } from '#lib/agents/get.ts'
import { apiKeyColumns, toApiKey } from '#lib/api-keys/api-key.ts'
import type { ApiKey } from '#lib/api-keys/schema.ts'
import type { Actor } from '#lib/auth/actor.ts'
import { requirePerson } from '#lib/auth/require-person.ts'
import { as } from '#lib/db/as.ts'
import { readCursor } from '#lib/http/cursor.ts'
import { PageInput, pageOf } from '#lib/http/page.ts'
import { parseInput } from '#lib/http/parse.ts'

/** The keys of a person's agent, newest first, those that ended too. */
export async function listApiKeys(
  actor: Actor,
  agentId: string,
  query: z.input<typeof PageInput> = {},
): Promise<{ apiKeys: ApiKey[]; nextCursor: string | null }> {
  const person = requirePerson(actor)
  const { cursor, limit } = parseInput(PageInput, query)
  const after = readCursor(cursor)
  const { id } = await getAgent(person, agentId)
  const found = await as(person)(
    (
      sql,
    ) => sql`select ${apiKeyColumns(sql)}, k.created_at::text as position from public.api_keys k where k.agent_id = ${id}
        ${after ? sql`and (k.created_at, k.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``}
      order by k.created_at desc, k.id desc limit ${limit + 1}`,
  )
  // Cast: the columns selected above.
  const { rows, nextCursor } = pageOf(found as unknown as { id: string; position: string }[], limit)
  return { apiKeys: rows.map(toApiKey), nextCursor }
}

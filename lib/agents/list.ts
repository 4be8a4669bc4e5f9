import type { z } from 'zod'
import { agentColumns, toAgent } from '#lib/agents/agent.ts'
import type { Agent } from '#lib/agents/schema.ts'
import type { AgentActor, PersonActor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { readCursor } from '#lib/http/cursor.ts'
import { PageInput, pageOf } from '#lib/http/page.ts'
import { parseInput } from '#lib/http/parse.ts'

/** A person's agents with their wallets, newest first. An agent's key lists itself. */
export async function listAgents(
  actor: PersonActor | AgentActor,
  query: z.input<typeof PageInput> = {},
): Promise<{ agents: Agent[]; nextCursor: string | null }> {
  const { cursor, limit } = parseInput(PageInput, query)
  const after = readCursor(cursor)
  const found = await as(actor)(
    (sql) => sql`select ${agentColumns(sql)}, a.created_at::text as position from public.agents a
      where a.wallet_set_id = (select private.wallet_set_id())
        ${after ? sql`and (a.created_at, a.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``}
      order by a.created_at desc, a.id desc limit ${limit + 1}`,
  )
  // Cast: the columns selected above.
  const { rows, nextCursor } = pageOf(found as unknown as { id: string; position: string }[], limit)
  return { agents: rows.map(toAgent), nextCursor }
}

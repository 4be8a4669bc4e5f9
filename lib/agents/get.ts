import { z } from 'zod'
import { agentColumns, toAgent } from '#lib/agents/agent.ts'
import type { Agent } from '#lib/agents/schema.ts'
import type { AgentActor, PersonActor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { notFound } from '#lib/http/problem.ts'

/** One agent with its wallets. For others than its person and its own keys it does not exist. */
export async function getAgent(actor: PersonActor | AgentActor, id: string): Promise<Agent> {
  if (!z.uuid().safeParse(id).success) throw notFound('agent')
  const [row] = await as(actor)(
    (sql) => sql`select ${agentColumns(sql)} from public.agents a
      where a.id = ${id} and a.wallet_set_id = (select private.wallet_set_id())`,
  )
  if (!row) throw notFound('agent')
  return toAgent(row)
}

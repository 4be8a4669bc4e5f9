import type { AgentActor, PersonActor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { toGuardSet } from '#lib/guards/guard-set.ts'
import type { GuardSet } from '#lib/guards/schema.ts'
import { agentIdOf, type Whose } from '#lib/guards/whose.ts'
import { notFound } from '#lib/http/problem.ts'

/** The guards that hold for an agent, or for everything a person has. An agent's key reads those that hold for itself. */
export async function getGuards(actor: PersonActor | AgentActor, whose: Whose): Promise<GuardSet> {
  const agentId = agentIdOf(whose)
  const [row] = await as(actor)((sql) =>
    agentId === null
      ? sql`select g.version, g.guards, g.at from public.guard_sets g
          where g.wallet_set_id = (select private.wallet_set_id()) and g.agent_id is null order by g.version desc limit 1`
      : sql`select g.version, g.guards, g.at from public.agents a
          left join lateral (select * from public.guard_sets g where g.wallet_set_id = a.wallet_set_id and g.agent_id = a.id
            order by g.version desc limit 1) g on true
          where a.id = ${agentId} and a.wallet_set_id = (select private.wallet_set_id())`,
  )
  if (!row && agentId !== null) throw notFound('agent')
  return toGuardSet(row ?? {})
}

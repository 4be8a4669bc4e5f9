import { getAgent } from '#lib/agents/get.ts'
import { type Agent, CreateAgentInput } from '#lib/agents/schema.ts'
import type { Actor } from '#lib/auth/actor.ts'
import { requirePerson } from '#lib/auth/require-person.ts'
import { as } from '#lib/db/as.ts'
import { requestHash } from '#lib/http/idempotency.ts'
import { parseInput } from '#lib/http/parse.ts'
import { requireAgentNetwork } from '#lib/wallets/require-agent-network.ts'

/** A person makes an agent. Its wallet is made at Circle by a job, and has no address until then. Throws Problems of networks without wallets. */
export async function createAgent(
  actor: Actor,
  request: CreateAgentInput,
  idempotencyKey: string,
): Promise<{ agent: Agent; replayed: boolean }> {
  const person = requirePerson(actor)
  const { name, network } = parseInput(CreateAgentInput, request)
  requireAgentNetwork(network)
  const [row] = await as(person)(
    (sql) => sql`select * from app.create_agent(${idempotencyKey}, ${requestHash(request)}, ${name}, ${network})`,
  )
  return { agent: await getAgent(person, row?.agent_id), replayed: row?.replayed }
}

import { getAddress } from 'viem'
import type { AgentActor, PersonActor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { parseInput } from '#lib/http/parse.ts'
import { Simulation, SimulationRequest } from '#lib/intents/schema.ts'

/** What would become of such a payment now, by the same judges. Nothing is written and nothing held. */
export async function simulateIntent(actor: PersonActor | AgentActor, request: SimulationRequest): Promise<Simulation> {
  const input = parseInput(SimulationRequest, request)
  const [row] = await as(actor)(
    (
      sql,
    ) => sql`select app.simulate_intent(${input.walletId}, ${input.recipient}, ${String(input.units)}, ${input.asset},
      ${input.network ?? null}) as answer`,
  )
  return Simulation.parse({ ...row?.answer, recipientAddress: getAddress(row?.answer.recipientAddress) })
}

import type { Wanted } from '#lib/chat/trace.ts'
import type { Turn } from '#lib/chat/turn.ts'
import { Problem } from '#lib/http/problem.ts'
import type { Simulation } from '#lib/intents/schema.ts'
import { simulateIntent } from '#lib/intents/simulate.ts'

export type Simulated = { simulation: Simulation; problem?: never } | { problem: Problem; simulation?: never }

/** Shows what would become of a payment now. Nothing is held and nothing written. */
export async function simulate(turn: Turn, { recipient, amount, asset }: Wanted): Promise<Simulated> {
  try {
    const simulation = await simulateIntent(turn.actor, { walletId: turn.wallet.id, recipient, amount, asset })
    turn.answer.show('simulation', { ...simulation, recipient, amount, asset, network: turn.wallet.network })
    return { simulation }
  } catch (problem) {
    if (!(problem instanceof Problem) || problem.status >= 500) throw problem
    turn.answer.show('refusal', { amount, asset, recipient, code: problem.code, detail: problem.detail })
    return { problem }
  }
}

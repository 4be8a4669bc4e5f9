import { getAddress } from 'viem'
import type { Actor } from '#lib/auth/actor.ts'
import { requirePerson } from '#lib/auth/require-person.ts'
import { as } from '#lib/db/as.ts'
import { GuardReplay, ReplayGuardsInput } from '#lib/guards/schema.ts'
import { agentIdOf, type Whose } from '#lib/guards/whose.ts'
import { parseInput } from '#lib/http/parse.ts'

/** What would have become of the latest payments by these guards, and by those that hold. Writes nothing. */
export async function replayGuards(actor: Actor, whose: Whose, request: unknown): Promise<GuardReplay> {
  const person = requirePerson(actor)
  const agentId = agentIdOf(whose)
  const { guards, limit } = parseInput(ReplayGuardsInput, request)
  const [row] = await as(person)(
    (sql) => sql`select app.replay_guards(${agentId}, ${sql.json(guards)}, ${limit}) as answer`,
  )
  const { payments, ...totals } = row?.answer ?? {}
  return GuardReplay.parse({ ...totals, payments: payments.map(toPayment) })
}

/** A replayed payment as the API shows it. An object with a member named then would pass for a promise. */
function toPayment({ then: decided, ...payment }: { then: string; recipientAddress: string }) {
  return { ...payment, decided, recipientAddress: getAddress(payment.recipientAddress) }
}

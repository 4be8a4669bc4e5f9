import { getAddress } from 'viem'
import type { Actor } from '#lib/auth/actor.ts'
import { requirePerson } from '#lib/auth/require-person.ts'
import { as } from '#lib/db/as.ts'
import { GuardTrial, TryGuardsInput } from '#lib/guards/schema.ts'
import { agentIdOf, type Whose } from '#lib/guards/whose.ts'
import { parseInput } from '#lib/http/parse.ts'

/** What would become of a payment now if these guards were saved, beside what the saved ones make of it. Writes nothing. */
export async function tryGuards(actor: Actor, whose: Whose, request: unknown): Promise<GuardTrial> {
  const person = requirePerson(actor)
  const agentId = agentIdOf(whose)
  const { guards, payment } = parseInput(TryGuardsInput, request)
  const [row] = await as(person)(
    (sql) => sql`select app.try_guards(${agentId}, ${sql.json(guards)}, ${payment.walletId}, ${payment.recipient},
      ${String(payment.units)}, ${payment.asset}, ${payment.network ?? null}) as answer`,
  )
  return GuardTrial.parse({ ...row?.answer, recipientAddress: getAddress(row?.answer.recipientAddress) })
}

import type { AgentActor, PersonActor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { requestHash } from '#lib/http/idempotency.ts'
import { parseInput } from '#lib/http/parse.ts'
import { toIntent } from '#lib/intents/intent.ts'
import { type Intent, IntentRequest } from '#lib/intents/schema.ts'

/**
 * Proposes a payment. The guards decide at once, in the database: it comes back denied, waiting for a person, or approved, and
 * what is not denied holds its money. Whatever is wrong with the request itself is thrown as a Problem, and nothing is held.
 */
export async function proposeIntent(
  actor: PersonActor | AgentActor,
  request: IntentRequest,
  idempotencyKey: string,
): Promise<{ intent: Intent; replayed: boolean }> {
  const input = parseInput(IntentRequest, request)
  const [row] = await as(actor)(
    (sql) => sql`select * from app.propose_intent(${idempotencyKey}, ${requestHash(request)}, ${input.walletId},
      ${input.recipient}, ${String(input.units)}, ${input.asset}, ${input.network ?? null}, ${input.purpose})`,
  )
  return { intent: toIntent(row?.answer), replayed: row?.replayed }
}

import type { AgentActor, PersonActor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { problemOf } from '#lib/db/errors.ts'
import { requestHash } from '#lib/http/idempotency.ts'
import { parseInput } from '#lib/http/parse.ts'
import { toIntent } from '#lib/intents/intent.ts'
import { type BatchAnswer, BatchInput } from '#lib/intents/schema.ts'

type Answer = { intent: Record<string, unknown> } | { refusal: { sqlstate: string; message: string; code: string } }

/**
 * Proposes up to fifty payments at once, in their order, each with a verdict of its own: one that is refused holds nothing and
 * takes none of the others with it. A request with a payment that cannot be read is refused as a whole.
 */
export async function proposeIntents(
  actor: PersonActor | AgentActor,
  request: BatchInput,
  idempotencyKey: string,
): Promise<{ results: BatchAnswer['results']; replayed: boolean }> {
  const { intents } = parseInput(BatchInput, request)
  const payments = intents.map(({ units, ...payment }) => ({ ...payment, units: String(units) }))
  const [row] = await as(actor)(
    (sql) => sql`select * from app.propose_intents(${idempotencyKey}, ${requestHash(request)}, ${sql.json(payments)})`,
  )
  return { results: row?.answer.map(toResult), replayed: row?.replayed }
}

function toResult(answer: Answer): BatchAnswer['results'][number] {
  if ('intent' in answer) return { intent: toIntent(answer.intent), problem: null }
  const { sqlstate, message, code } = answer.refusal
  const problem = problemOf(sqlstate, message, code)
  if (!problem) throw new Error(`A batch was answered with ${sqlstate}`)
  const { status, title, detail } = problem
  return { intent: null, problem: { status, title, detail, code: problem.code } }
}

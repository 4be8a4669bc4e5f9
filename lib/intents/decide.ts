import { z } from 'zod'
import type { Actor } from '#lib/auth/actor.ts'
import { requirePerson } from '#lib/auth/require-person.ts'
import { as } from '#lib/db/as.ts'
import { parseInput } from '#lib/http/parse.ts'
import { notFound } from '#lib/http/problem.ts'
import { toIntent } from '#lib/intents/intent.ts'
import { DecisionInput, type Intent } from '#lib/intents/schema.ts'

/** A person approves or denies what waits for them, by the hash of exactly what they were shown. No agent can. */
export async function decideIntent(actor: Actor, id: string, request: DecisionInput): Promise<Intent> {
  const person = requirePerson(actor)
  if (!z.uuid().safeParse(id).success) throw notFound('payment')
  const { decision, intentHash, similar } = parseInput(DecisionInput, request)
  const [row] = await as(person)(
    (sql) => sql`select app.decide_intent(${id}, ${decision}, ${Buffer.from(intentHash, 'hex')}, ${similar}) as intent`,
  )
  return toIntent(row?.intent)
}

import type { Actor } from '#lib/auth/actor.ts'
import { requirePerson } from '#lib/auth/require-person.ts'
import { as } from '#lib/db/as.ts'
import { getGuards } from '#lib/guards/get.ts'
import { type GuardSet, SetGuardsInput } from '#lib/guards/schema.ts'
import { agentIdOf, type Whose } from '#lib/guards/whose.ts'
import { parseInput } from '#lib/http/parse.ts'

/** A person sets all guards of an agent of theirs, or of everything they have, in place of those before. No key can. */
export async function setGuards(actor: Actor, whose: Whose, request: unknown): Promise<GuardSet> {
  const person = requirePerson(actor)
  const agentId = agentIdOf(whose)
  const { guards, version } = parseInput(SetGuardsInput, request)
  await as(person)((sql) => sql`select app.set_guards(${agentId}, ${sql.json(guards)}, ${version ?? null})`)
  return await getGuards(person, whose)
}

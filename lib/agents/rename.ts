import { z } from 'zod'
import { getAgent } from '#lib/agents/get.ts'
import { type Agent, RenameAgentInput } from '#lib/agents/schema.ts'
import type { Actor } from '#lib/auth/actor.ts'
import { requirePerson } from '#lib/auth/require-person.ts'
import { as } from '#lib/db/as.ts'
import { parseInput } from '#lib/http/parse.ts'
import { notFound } from '#lib/http/problem.ts'

/** A person gives an agent of theirs another name. */
export async function renameAgent(actor: Actor, id: string, request: RenameAgentInput): Promise<Agent> {
  const person = requirePerson(actor)
  if (!z.uuid().safeParse(id).success) throw notFound('agent')
  const { name } = parseInput(RenameAgentInput, request)
  await as(person)((sql) => sql`select app.rename_agent(${id}, ${name})`)
  return await getAgent(person, id)
}

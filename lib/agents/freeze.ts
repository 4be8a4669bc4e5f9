import { z } from 'zod'
import { getAgent } from '#lib/agents/get.ts'
import type { Agent } from '#lib/agents/schema.ts'
import type { Actor } from '#lib/auth/actor.ts'
import { requirePerson } from '#lib/auth/require-person.ts'
import { as } from '#lib/db/as.ts'
import { notFound } from '#lib/http/problem.ts'

/** A person stops an agent: what it proposed and nothing moved of ends, and nothing starts any more. Twice is once. */
export async function freezeAgent(actor: Actor, id: string): Promise<Agent> {
  return await setFrozen(actor, id, true)
}

/** A person lets a frozen agent pay again. What ended by the freeze stays ended. */
export async function thawAgent(actor: Actor, id: string): Promise<Agent> {
  return await setFrozen(actor, id, false)
}

async function setFrozen(actor: Actor, id: string, frozen: boolean): Promise<Agent> {
  const person = requirePerson(actor)
  if (!z.uuid().safeParse(id).success) throw notFound('agent')
  await as(person)((sql) => sql`select app.freeze_agent(${id}, ${frozen})`)
  return await getAgent(person, id)
}

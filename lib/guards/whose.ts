import { z } from 'zod'
import { notFound } from '#lib/http/problem.ts'

/** Whose guards: an agent's, by its id, or those of everything a person has. */
export type Whose = { agentId: string } | 'person'

/** The agent's id as the database takes it, null for a person. What is no id is nobody's agent. */
export function agentIdOf(whose: Whose): string | null {
  if (whose === 'person') return null
  if (!z.uuid().safeParse(whose.agentId).success) throw notFound('agent')
  return whose.agentId
}

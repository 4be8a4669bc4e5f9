import { z } from 'zod'
import type { Actor, PersonActor } from '#lib/auth/actor.ts'
import { requirePerson } from '#lib/auth/require-person.ts'
import { notFound } from '#lib/http/problem.ts'

/** The person, for what is done in the rooms with something by its id. The database says whether it is theirs. */
export function requireOwn(actor: Actor, noun: 'invitation' | 'call' | 'person', id: string): PersonActor {
  const person = requirePerson(actor)
  if (!z.uuid().safeParse(id).success) throw notFound(noun)
  return person
}

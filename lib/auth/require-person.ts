import type { Actor, PersonActor } from '#lib/auth/actor.ts'
import { Problem } from '#lib/http/problem.ts'

/** The signed-in person. Throws sign_in_required for nobody, and person_required for an agent, which may only tell its person. */
export function requirePerson(actor: Actor): PersonActor {
  if (actor.role === 'authenticated') return actor
  if (actor.role === 'agent') {
    throw new Problem(
      403,
      'person_required',
      'Only a person may do this',
      'An API key can propose, simulate, read and cancel. Ask the person whose agent this is to sign in and do it.',
    )
  }
  throw new Problem(
    401,
    'sign_in_required',
    'Sign in first',
    'This is yours to see and to change once you have signed in.',
  )
}

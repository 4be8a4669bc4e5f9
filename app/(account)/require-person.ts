import type { Route } from 'next'
import { redirect } from 'next/navigation'
import type { PersonActor } from '#lib/auth/actor.ts'
import { requestPerson } from '#lib/auth/request-actor.ts'

/** The signed-in person. A guest, and an account that nobody could come back to, is led to signing in, and from there back to the page. */
export async function requirePerson(path: string): Promise<PersonActor> {
  const person = await requestPerson()
  if (!person || person.actor.isAnonymous) redirect(`/sign-in?next=${encodeURIComponent(path)}` as Route)
  return person.actor
}

import type { Actor, PersonActor } from '#lib/auth/actor.ts'
import { signInAsGuest } from '#lib/auth/sign-in-as-guest.ts'
import { parseInput } from '#lib/http/parse.ts'
import { type Profile, ProfileInput } from '#lib/profiles/schema.ts'
import { setProfile } from '#lib/profiles/set.ts'

/**
 * Begins as a guest with a name: an account of one's own, kept in the session's cookie, to which an email or a wallet can be added
 * later. Whoever has signed in already stays who they are, and has the name from then on.
 */
export async function beginAsGuest(actor: Actor, request: ProfileInput): Promise<Profile> {
  const input = parseInput(ProfileInput, request)
  const person: PersonActor = actor.role === 'authenticated' ? actor : await signInAsGuest()
  return await setProfile(person, input)
}

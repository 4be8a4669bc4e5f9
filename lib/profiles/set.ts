import type { Actor } from '#lib/auth/actor.ts'
import { requirePerson } from '#lib/auth/require-person.ts'
import { as } from '#lib/db/as.ts'
import { parseInput } from '#lib/http/parse.ts'
import { Profile, ProfileInput } from '#lib/profiles/schema.ts'

/** A person says by what name others meet them in the rooms. It replaces the one they had. */
export async function setProfile(actor: Actor, request: ProfileInput): Promise<Profile> {
  const person = requirePerson(actor)
  const { name } = parseInput(ProfileInput, request)
  const [row] = await as(person)((sql) => sql`select app.set_profile(${name}) as profile`)
  return Profile.parse({ ...row?.profile, createdAt: new Date(row?.profile.createdAt).toISOString() })
}

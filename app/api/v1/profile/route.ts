import { requireRequestPerson } from '#lib/auth/require-actor.ts'
import { claimedBody } from '#lib/http/input.ts'
import { jsonResponse, route } from '#lib/http/route.ts'
import type { ProfileInput } from '#lib/profiles/schema.ts'
import { setProfile } from '#lib/profiles/set.ts'

export const PUT = route(async (request) => {
  const person = await requireRequestPerson(request)
  return jsonResponse(await setProfile(person, await claimedBody<ProfileInput>(request)))
})

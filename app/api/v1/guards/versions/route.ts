import { requireRequestPerson } from '#lib/auth/require-actor.ts'
import { listGuardVersions } from '#lib/guards/list-versions.ts'
import { claimedQuery } from '#lib/http/input.ts'
import { jsonResponse, route } from '#lib/http/route.ts'

export const GET = route(async (request) => {
  const person = await requireRequestPerson(request)
  return jsonResponse(await listGuardVersions(person, 'person', claimedQuery(request)))
})

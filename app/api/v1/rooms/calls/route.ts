import { requireRequestPerson } from '#lib/auth/require-actor.ts'
import { claimedQuery } from '#lib/http/input.ts'
import { jsonResponse, route } from '#lib/http/route.ts'
import { listCalls } from '#lib/rooms/calls/list.ts'

export const GET = route(async (request) => {
  const person = await requireRequestPerson(request)
  return jsonResponse(await listCalls(person, claimedQuery(request)))
})

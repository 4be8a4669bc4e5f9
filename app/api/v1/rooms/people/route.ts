import { requireRequestPerson } from '#lib/auth/require-actor.ts'
import { claimedQuery } from '#lib/http/input.ts'
import { jsonResponse, route } from '#lib/http/route.ts'
import { listPeople } from '#lib/rooms/list-people.ts'

export const GET = route(async (request) => {
  const person = await requireRequestPerson(request)
  return jsonResponse(await listPeople(person, claimedQuery(request)))
})

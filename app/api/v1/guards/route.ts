import { requireActor, requireRequestPerson } from '#lib/auth/require-actor.ts'
import { getGuards } from '#lib/guards/get.ts'
import { largestSet } from '#lib/guards/largest-set.ts'
import { setGuards } from '#lib/guards/set.ts'
import { readJson } from '#lib/http/body.ts'
import { jsonResponse, route } from '#lib/http/route.ts'

export const GET = route(async (request) => {
  const actor = await requireActor(request, 'read')
  return jsonResponse(await getGuards(actor, 'person'))
})

export const PUT = route(async (request) => {
  const person = await requireRequestPerson(request)
  return jsonResponse(await setGuards(person, 'person', await readJson(request, largestSet)))
})

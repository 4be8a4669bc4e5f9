import { requireRequestPerson } from '#lib/auth/require-actor.ts'
import { largestSet } from '#lib/guards/largest-set.ts'
import { replayGuards } from '#lib/guards/replay.ts'
import { readJson } from '#lib/http/body.ts'
import { jsonResponse, route } from '#lib/http/route.ts'

export const POST = route(async (request) => {
  const person = await requireRequestPerson(request)
  return jsonResponse(await replayGuards(person, 'person', await readJson(request, largestSet)))
})

import { requireRequestPerson } from '#lib/auth/require-actor.ts'
import { largestSet } from '#lib/guards/largest-set.ts'
import { tryGuards } from '#lib/guards/try.ts'
import { readJson } from '#lib/http/body.ts'
import { jsonResponse, route } from '#lib/http/route.ts'

export const POST = route(async (request) => {
  const person = await requireRequestPerson(request)
  return jsonResponse(await tryGuards(person, 'person', await readJson(request, largestSet)))
})

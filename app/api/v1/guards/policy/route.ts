import { requireRequestPerson } from '#lib/auth/require-actor.ts'
import { readPolicy } from '#lib/guards/read-policy.ts'
import { readJson } from '#lib/http/body.ts'
import { jsonResponse, route } from '#lib/http/route.ts'

export const POST = route(async (request) => {
  const person = await requireRequestPerson(request)
  return jsonResponse(await readPolicy(person, await readJson(request)))
})

import { requireActor, requireRequestPerson } from '#lib/auth/require-actor.ts'
import { getGuards } from '#lib/guards/get.ts'
import { largestSet } from '#lib/guards/largest-set.ts'
import { setGuards } from '#lib/guards/set.ts'
import { readJson } from '#lib/http/body.ts'
import { jsonResponse, route } from '#lib/http/route.ts'

export const GET = route(async (request, { params }: RouteContext<'/api/v1/agents/[id]/guards'>) => {
  const actor = await requireActor(request, 'read')
  return jsonResponse(await getGuards(actor, { agentId: (await params).id }))
})

export const PUT = route(async (request, { params }: RouteContext<'/api/v1/agents/[id]/guards'>) => {
  const person = await requireRequestPerson(request)
  return jsonResponse(await setGuards(person, { agentId: (await params).id }, await readJson(request, largestSet)))
})

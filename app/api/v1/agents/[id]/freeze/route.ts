import { freezeAgent, thawAgent } from '#lib/agents/freeze.ts'
import { requireRequestPerson } from '#lib/auth/require-actor.ts'
import { jsonResponse, route } from '#lib/http/route.ts'

export const POST = route(async (request, { params }: RouteContext<'/api/v1/agents/[id]/freeze'>) => {
  const person = await requireRequestPerson(request)
  return jsonResponse(await freezeAgent(person, (await params).id))
})

export const DELETE = route(async (request, { params }: RouteContext<'/api/v1/agents/[id]/freeze'>) => {
  const person = await requireRequestPerson(request)
  return jsonResponse(await thawAgent(person, (await params).id))
})

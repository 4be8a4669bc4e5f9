import { getAgent } from '#lib/agents/get.ts'
import { renameAgent } from '#lib/agents/rename.ts'
import type { RenameAgentInput } from '#lib/agents/schema.ts'
import { requireActor, requireRequestPerson } from '#lib/auth/require-actor.ts'
import { claimedBody } from '#lib/http/input.ts'
import { jsonResponse, route } from '#lib/http/route.ts'

export const GET = route(async (request, { params }: RouteContext<'/api/v1/agents/[id]'>) => {
  const actor = await requireActor(request, 'read')
  return jsonResponse(await getAgent(actor, (await params).id))
})

export const PATCH = route(async (request, { params }: RouteContext<'/api/v1/agents/[id]'>) => {
  const person = await requireRequestPerson(request)
  const { id } = await params
  return jsonResponse(await renameAgent(person, id, await claimedBody<RenameAgentInput>(request)))
})

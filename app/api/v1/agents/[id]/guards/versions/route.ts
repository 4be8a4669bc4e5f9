import { requireRequestPerson } from '#lib/auth/require-actor.ts'
import { listGuardVersions } from '#lib/guards/list-versions.ts'
import { claimedQuery } from '#lib/http/input.ts'
import { jsonResponse, route } from '#lib/http/route.ts'

export const GET = route(async (request, { params }: RouteContext<'/api/v1/agents/[id]/guards/versions'>) => {
  const person = await requireRequestPerson(request)
  return jsonResponse(await listGuardVersions(person, { agentId: (await params).id }, claimedQuery(request)))
})

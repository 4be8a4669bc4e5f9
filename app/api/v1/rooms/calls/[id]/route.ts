import { requireRequestPerson } from '#lib/auth/require-actor.ts'
import { jsonResponse, route } from '#lib/http/route.ts'
import { getCall } from '#lib/rooms/calls/get.ts'

export const GET = route(async (request, { params }: RouteContext<'/api/v1/rooms/calls/[id]'>) => {
  const person = await requireRequestPerson(request)
  return jsonResponse(await getCall(person, (await params).id))
})

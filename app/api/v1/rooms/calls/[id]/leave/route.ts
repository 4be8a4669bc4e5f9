import { requireRequestPerson } from '#lib/auth/require-actor.ts'
import { jsonResponse, route } from '#lib/http/route.ts'
import { leaveCall } from '#lib/rooms/calls/leave.ts'

export const POST = route(async (request, { params }: RouteContext<'/api/v1/rooms/calls/[id]/leave'>) => {
  const person = await requireRequestPerson(request)
  return jsonResponse(await leaveCall(person, (await params).id))
})

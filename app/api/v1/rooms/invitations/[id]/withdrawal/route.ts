import { requireRequestPerson } from '#lib/auth/require-actor.ts'
import { jsonResponse, route } from '#lib/http/route.ts'
import { withdrawInvitation } from '#lib/rooms/invitations/withdraw.ts'

export const POST = route(async (request, { params }: RouteContext<'/api/v1/rooms/invitations/[id]/withdrawal'>) => {
  const person = await requireRequestPerson(request)
  return jsonResponse(await withdrawInvitation(person, (await params).id))
})

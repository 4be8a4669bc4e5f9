import { requireRequestPerson } from '#lib/auth/require-actor.ts'
import { jsonResponse, route } from '#lib/http/route.ts'
import { declineInvitation } from '#lib/rooms/invitations/decline.ts'

export const POST = route(async (request, { params }: RouteContext<'/api/v1/rooms/invitations/[id]/decline'>) => {
  const person = await requireRequestPerson(request)
  return jsonResponse(await declineInvitation(person, (await params).id))
})

import { requireRequestPerson } from '#lib/auth/require-actor.ts'
import { claimedBody } from '#lib/http/input.ts'
import { jsonResponse, route } from '#lib/http/route.ts'
import { acceptInvitation } from '#lib/rooms/invitations/accept.ts'
import type { AcceptInvitationInput } from '#lib/rooms/schema.ts'

export const POST = route(async (request, { params }: RouteContext<'/api/v1/rooms/invitations/[id]/acceptance'>) => {
  const person = await requireRequestPerson(request)
  const body = await claimedBody<AcceptInvitationInput>(request)
  return jsonResponse(await acceptInvitation(person, (await params).id, body))
})

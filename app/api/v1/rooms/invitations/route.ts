import { requireRequestPerson } from '#lib/auth/require-actor.ts'
import { claimedBody } from '#lib/http/input.ts'
import { jsonResponse, route } from '#lib/http/route.ts'
import { invitePerson } from '#lib/rooms/invitations/invite.ts'
import type { InvitePersonInput } from '#lib/rooms/schema.ts'

export const POST = route(async (request) => {
  const person = await requireRequestPerson(request)
  return jsonResponse(await invitePerson(person, await claimedBody<InvitePersonInput>(request)), 201)
})

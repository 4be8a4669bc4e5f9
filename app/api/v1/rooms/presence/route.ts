import { requireRequestPerson } from '#lib/auth/require-actor.ts'
import { claimedBody } from '#lib/http/input.ts'
import { jsonResponse, route } from '#lib/http/route.ts'
import { enterRooms } from '#lib/rooms/enter.ts'
import { leaveRooms } from '#lib/rooms/leave.ts'
import type { EnterRoomsInput } from '#lib/rooms/schema.ts'

export const PUT = route(async (request) => {
  const person = await requireRequestPerson(request)
  return jsonResponse(await enterRooms(person, await claimedBody<EnterRoomsInput>(request)))
})

export const DELETE = route(async (request) => {
  await leaveRooms(await requireRequestPerson(request))
  return new Response(null, { status: 204 })
})

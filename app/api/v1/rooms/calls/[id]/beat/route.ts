import { requireRequestPerson } from '#lib/auth/require-actor.ts'
import { claimedBody } from '#lib/http/input.ts'
import { jsonResponse, route } from '#lib/http/route.ts'
import { beatCall } from '#lib/rooms/calls/beat.ts'
import type { BeatCallInput } from '#lib/rooms/schema.ts'

export const POST = route(async (request, { params }: RouteContext<'/api/v1/rooms/calls/[id]/beat'>) => {
  const person = await requireRequestPerson(request)
  return jsonResponse(await beatCall(person, (await params).id, await claimedBody<BeatCallInput>(request)))
})

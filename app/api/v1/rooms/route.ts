import { requireRequestPerson } from '#lib/auth/require-actor.ts'
import { jsonResponse, route } from '#lib/http/route.ts'
import { readRoom } from '#lib/rooms/read.ts'

export const GET = route(async (request) => jsonResponse(await readRoom(await requireRequestPerson(request))))

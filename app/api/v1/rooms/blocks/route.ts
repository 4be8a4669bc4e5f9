import { requireRequestPerson } from '#lib/auth/require-actor.ts'
import { jsonResponse, route } from '#lib/http/route.ts'
import { listBlocks } from '#lib/rooms/blocks/list.ts'

export const GET = route(async (request) => jsonResponse(await listBlocks(await requireRequestPerson(request))))

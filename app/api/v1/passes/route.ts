import { requireRequestPerson } from '#lib/auth/require-actor.ts'
import { jsonResponse, route } from '#lib/http/route.ts'
import { listPasses } from '#lib/passes/list.ts'

export const GET = route(async (request) => jsonResponse(await listPasses(await requireRequestPerson(request))))

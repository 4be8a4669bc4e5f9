import { requireRequestPerson } from '#lib/auth/require-actor.ts'
import { listOwnCodes } from '#lib/codes/list-own.ts'
import { jsonResponse, route } from '#lib/http/route.ts'

export const GET = route(async (request) => jsonResponse(await listOwnCodes(await requireRequestPerson(request))))

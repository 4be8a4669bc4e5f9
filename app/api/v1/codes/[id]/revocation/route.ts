import { requireRequestPerson } from '#lib/auth/require-actor.ts'
import { revokeCode } from '#lib/codes/revoke.ts'
import { jsonResponse, route } from '#lib/http/route.ts'

export const POST = route(async (request, { params }: RouteContext<'/api/v1/codes/[id]/revocation'>) => {
  const { id } = await params
  return jsonResponse(await revokeCode(await requireRequestPerson(request), id))
})

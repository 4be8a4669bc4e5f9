import { requireRequestPerson } from '#lib/auth/require-actor.ts'
import { jsonResponse, route } from '#lib/http/route.ts'
import { cancelLink } from '#lib/links/cancel.ts'

export const POST = route(async (request, { params }: RouteContext<'/api/v1/links/[id]/cancellation'>) => {
  const person = await requireRequestPerson(request)
  return jsonResponse(await cancelLink(person, (await params).id))
})

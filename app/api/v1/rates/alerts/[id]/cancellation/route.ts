import { requireRequestPerson } from '#lib/auth/require-actor.ts'
import { jsonResponse, route } from '#lib/http/route.ts'
import { cancelRateAlert } from '#lib/rates/alerts/cancel.ts'

export const POST = route(async (request, { params }: RouteContext<'/api/v1/rates/alerts/[id]/cancellation'>) => {
  const person = await requireRequestPerson(request)
  return jsonResponse(await cancelRateAlert(person, (await params).id))
})

import { requireActor } from '#lib/auth/require-actor.ts'
import { jsonResponse, route } from '#lib/http/route.ts'
import { cancelIntent } from '#lib/intents/cancel.ts'

export const POST = route(async (request, { params }: RouteContext<'/api/v1/intents/[id]/cancellation'>) => {
  const actor = await requireActor(request, 'cancel')
  return jsonResponse(await cancelIntent(actor, (await params).id))
})

import { limitWrongSecrets } from '#lib/http/rate-limit/limit-wrong-secrets.ts'
import { jsonResponse, route } from '#lib/http/route.ts'
import { sessionActor } from '#lib/onramp/session-actor.ts'
import { getReceipt } from '#lib/receipts/get.ts'

export const GET = route(async (request, { params }: RouteContext<'/api/v1/receipts/[id]'>) => {
  const { id } = await params
  return jsonResponse(await limitWrongSecrets(request, getReceipt({ actor: await sessionActor(request), id })))
})

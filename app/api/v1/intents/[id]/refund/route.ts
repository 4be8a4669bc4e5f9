import { requireRequestPerson } from '#lib/auth/require-actor.ts'
import { claimedBody } from '#lib/http/input.ts'
import { jsonResponse, route } from '#lib/http/route.ts'
import { getIntent } from '#lib/intents/get.ts'
import { type RefundInput, refundIntent } from '#lib/intents/refund.ts'

export const POST = route(async (request, { params }: RouteContext<'/api/v1/intents/[id]/refund'>) => {
  const person = await requireRequestPerson(request)
  const { id } = await params
  await refundIntent(person, id, await claimedBody<RefundInput>(request))
  return jsonResponse(await getIntent(person, id))
})

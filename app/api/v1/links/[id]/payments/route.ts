import { requireRequestPerson } from '#lib/auth/require-actor.ts'
import { claimedBody } from '#lib/http/input.ts'
import { jsonResponse, route } from '#lib/http/route.ts'
import { assignPayment } from '#lib/links/assign-payment.ts'
import type { AssignPaymentInput } from '#lib/links/schema.ts'

export const POST = route(async (request, { params }: RouteContext<'/api/v1/links/[id]/payments'>) => {
  const person = await requireRequestPerson(request)
  const { id } = await params
  return jsonResponse(await assignPayment(person, id, await claimedBody<AssignPaymentInput>(request)))
})

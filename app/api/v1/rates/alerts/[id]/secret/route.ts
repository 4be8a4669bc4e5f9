import { requireRequestPerson } from '#lib/auth/require-actor.ts'
import { jsonResponse, route } from '#lib/http/route.ts'
import { renewRateAlertSecret } from '#lib/rates/alerts/renew-secret.ts'

export const POST = route(async (request, { params }: RouteContext<'/api/v1/rates/alerts/[id]/secret'>) => {
  const person = await requireRequestPerson(request)
  return jsonResponse(await renewRateAlertSecret(person, (await params).id))
})

import { requireRequestPerson } from '#lib/auth/require-actor.ts'
import { jsonResponse, route } from '#lib/http/route.ts'
import { sendTestOfRateAlert } from '#lib/rates/alerts/send-test.ts'

export const POST = route(async (request, { params }: RouteContext<'/api/v1/rates/alerts/[id]/test'>) => {
  const person = await requireRequestPerson(request)
  return jsonResponse(await sendTestOfRateAlert(person, (await params).id))
})

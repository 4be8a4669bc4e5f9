import { requireRequestPerson } from '#lib/auth/require-actor.ts'
import { jsonResponse, route } from '#lib/http/route.ts'
import { getRateAlert } from '#lib/rates/alerts/get.ts'

export const GET = route(async (request, { params }: RouteContext<'/api/v1/rates/alerts/[id]'>) => {
  const person = await requireRequestPerson(request)
  return jsonResponse(await getRateAlert(person, (await params).id))
})

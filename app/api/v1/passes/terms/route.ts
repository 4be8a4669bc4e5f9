import { clientIp } from '#lib/http/client-ip.ts'
import { limitRateHere } from '#lib/http/rate-limit/limit-rate-here.ts'
import { jsonResponse, route } from '#lib/http/route.ts'
import { passTerms } from '#lib/passes/terms.ts'

export const GET = route(async (request) => {
  await limitRateHere('rates', clientIp(request))
  return jsonResponse(await passTerms())
})

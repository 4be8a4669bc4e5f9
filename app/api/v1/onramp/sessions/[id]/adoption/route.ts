import { requestActor } from '#lib/auth/request-actor.ts'
import { readJson } from '#lib/http/body.ts'
import { clientIp } from '#lib/http/client-ip.ts'
import { parseInput } from '#lib/http/parse.ts'
import { limitRate } from '#lib/http/rate-limit/limit-rate.ts'
import { route } from '#lib/http/route.ts'
import { requireSameOrigin } from '#lib/http/same-origin.ts'
import { AdoptSessionInput, adoptOnrampSession } from '#lib/onramp/adopt.ts'

export const POST = route(async (request, { params }: RouteContext<'/api/v1/onramp/sessions/[id]/adoption'>) => {
  requireSameOrigin(request)
  await limitRate('adoptions', clientIp(request))
  const { id } = await params
  const { secret } = parseInput(AdoptSessionInput, await readJson(request))
  await adoptOnrampSession({ actor: await requestActor(request), id, secret })
  return new Response(null, { status: 204 })
})

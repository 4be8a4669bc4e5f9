import { limitWrongSecrets } from '#lib/http/rate-limit/limit-wrong-secrets.ts'
import { route } from '#lib/http/route.ts'
import { taggedResponse } from '#lib/http/tagged.ts'
import { getOnrampSession } from '#lib/onramp/get.ts'
import { sessionActor } from '#lib/onramp/session-actor.ts'

export const GET = route(async (request, { params }: RouteContext<'/api/v1/onramp/sessions/[id]'>) => {
  const { id } = await params
  const session = await limitWrongSecrets(request, getOnrampSession({ actor: await sessionActor(request), id }))
  return taggedResponse(request, session)
})

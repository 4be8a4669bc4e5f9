import { requireActor } from '#lib/auth/require-actor.ts'
import { route } from '#lib/http/route.ts'
import { taggedResponse } from '#lib/http/tagged.ts'
import { getIntent } from '#lib/intents/get.ts'

export const GET = route(async (request, { params }: RouteContext<'/api/v1/intents/[id]'>) => {
  const actor = await requireActor(request, 'read')
  return taggedResponse(request, await getIntent(actor, (await params).id))
})

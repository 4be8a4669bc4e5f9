import type { Actor } from '#lib/auth/actor.ts'
import { looksLikeApiKey } from '#lib/auth/api-key.ts'
import { bearerToken } from '#lib/auth/request-actor.ts'
import { requireActor } from '#lib/auth/require-actor.ts'
import { limitWrongSecrets } from '#lib/http/rate-limit/limit-wrong-secrets.ts'
import { jsonResponse, route } from '#lib/http/route.ts'
import { sessionActor } from '#lib/onramp/session-actor.ts'
import { getReceipt } from '#lib/receipts/get.ts'

export const GET = route(async (request, { params }: RouteContext<'/api/v1/receipts/[id]'>) => {
  const { id } = await params
  return jsonResponse(await limitWrongSecrets(request, getReceipt({ actor: await whoAsks(request), id })))
})

/** An agent by its key, the holder of a purchase's link, or a person. */
async function whoAsks(request: Request): Promise<Actor> {
  const isAgent = looksLikeApiKey(bearerToken(request) ?? '')
  return isAgent ? await requireActor(request, 'read') : await sessionActor(request)
}

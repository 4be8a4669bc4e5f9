import { createHash } from 'node:crypto'
import { limitWrongSecrets } from '#lib/http/rate-limit/limit-wrong-secrets.ts'
import { jsonResponse, route } from '#lib/http/route.ts'
import { getOnrampSession } from '#lib/onramp/get.ts'
import { sessionActor } from '#lib/onramp/session-actor.ts'

export const GET = route(async (request, { params }: RouteContext<'/api/v1/onramp/sessions/[id]'>) => {
  const { id } = await params
  const session = await limitWrongSecrets(request, getOnrampSession({ actor: await sessionActor(request), id }))
  // Whoever watches asks often and keeps the tag: an unchanged session costs no body, and no cache keeps one.
  const etag = `"${createHash('sha256').update(JSON.stringify(session)).digest('base64url').slice(0, 27)}"`
  const headers = { etag, 'cache-control': 'no-store', vary: 'authorization, cookie' }
  if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers })
  return jsonResponse(session, 200, headers)
})

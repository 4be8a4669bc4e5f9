import { requestActor } from '#lib/auth/request-actor.ts'
import { clientIp } from '#lib/http/client-ip.ts'
import { claimedBody } from '#lib/http/input.ts'
import { limitRate } from '#lib/http/rate-limit/limit-rate.ts'
import { jsonResponse, route } from '#lib/http/route.ts'
import { requireSameOrigin } from '#lib/http/same-origin.ts'
import { beginAsGuest } from '#lib/profiles/begin-as-guest.ts'
import type { ProfileInput } from '#lib/profiles/schema.ts'

/** Sets the session's cookie, as signing in does. */
export const POST = route(async (request) => {
  requireSameOrigin(request)
  await limitRate('signIns', clientIp(request))
  const body = await claimedBody<ProfileInput>(request)
  return jsonResponse(await beginAsGuest(await requestActor(request), body), 201)
})

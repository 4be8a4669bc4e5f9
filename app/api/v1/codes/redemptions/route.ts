import { requireRequestPerson } from '#lib/auth/require-actor.ts'
import { redeemCode } from '#lib/codes/redeem.ts'
import type { RedeemCodeInput } from '#lib/codes/schema.ts'
import { claimedBody } from '#lib/http/input.ts'
import { limitWrongSecrets } from '#lib/http/rate-limit/limit-wrong-secrets.ts'
import { jsonResponse, route } from '#lib/http/route.ts'

/** Whoever guesses codes soon has to wait. Sent again, it says that the code was used: it makes nothing twice, so it needs no key. */
export const POST = route(async (request) => {
  const person = await requireRequestPerson(request)
  const body = await claimedBody<RedeemCodeInput>(request)
  return jsonResponse(await limitWrongSecrets(request, redeemCode(person, body), person.userId), 201)
})

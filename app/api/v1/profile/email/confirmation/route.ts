import { requireRequestPerson } from '#lib/auth/require-actor.ts'
import { claimedBody } from '#lib/http/input.ts'
import { limitRate } from '#lib/http/rate-limit/limit-rate.ts'
import { jsonResponse, route } from '#lib/http/route.ts'
import { confirmEmail } from '#lib/profiles/confirm-email.ts'
import type { ConfirmEmailInput } from '#lib/profiles/schema.ts'

/** The session in the cookie is that of the kept account from then on. Whoever guesses the digits soon has to wait. */
export const POST = route(async (request) => {
  const { userId } = await requireRequestPerson(request)
  await limitRate('signInsToAccount', userId)
  return jsonResponse(await confirmEmail(await claimedBody<ConfirmEmailInput>(request)))
})

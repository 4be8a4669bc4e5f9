import { requireRequestPerson } from '#lib/auth/require-actor.ts'
import { claimedBody } from '#lib/http/input.ts'
import { limitRate } from '#lib/http/rate-limit/limit-rate.ts'
import { jsonResponse, route } from '#lib/http/route.ts'
import { addEmail } from '#lib/profiles/add-email.ts'
import type { AddEmailInput } from '#lib/profiles/schema.ts'

export const POST = route(async (request) => {
  const { userId } = await requireRequestPerson(request)
  await limitRate('signInsToAccount', userId)
  return jsonResponse(await addEmail(await claimedBody<AddEmailInput>(request)), 202)
})

import { requestActor } from '#lib/auth/request-actor.ts'
import { readJson } from '#lib/http/body.ts'
import { clientIp } from '#lib/http/client-ip.ts'
import { idempotencyKey, requestHash } from '#lib/http/idempotency.ts'
import { parseInput } from '#lib/http/parse.ts'
import { limitRate } from '#lib/http/rate-limit/limit-rate.ts'
import { jsonResponse, route } from '#lib/http/route.ts'
import { createOnrampSession } from '#lib/onramp/create.ts'
import { CreateSessionInput } from '#lib/onramp/schema.ts'

export const POST = route(async (request) => {
  const customerIp = clientIp(request)
  await limitRate('sessions', customerIp)
  const key = idempotencyKey(request)
  const body = await readJson(request)
  const input = parseInput(CreateSessionInput, body)
  const actor = await requestActor(request)
  const { created, replayed } = await createOnrampSession({
    actor,
    input,
    idempotencyKey: key,
    requestHash: requestHash(body),
    customerIp,
  })
  return jsonResponse(created, 201, {
    location: `/api/v1/onramp/sessions/${created.id}`,
    ...(replayed ? { 'idempotent-replayed': 'true' } : {}),
  })
})

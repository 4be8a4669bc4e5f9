import { requireRequestPerson } from '#lib/auth/require-actor.ts'
import { idempotencyKey } from '#lib/http/idempotency.ts'
import { claimedBody, claimedQuery } from '#lib/http/input.ts'
import { jsonResponse, route } from '#lib/http/route.ts'
import { createRateAlert } from '#lib/rates/alerts/create.ts'
import { listRateAlerts } from '#lib/rates/alerts/list.ts'
import type { CreateRateAlertInput } from '#lib/rates/alerts/schema.ts'

export const GET = route(async (request) => {
  const person = await requireRequestPerson(request)
  return jsonResponse(await listRateAlerts(person, claimedQuery(request)))
})

export const POST = route(async (request) => {
  const person = await requireRequestPerson(request)
  const key = idempotencyKey(request)
  const { alert, replayed } = await createRateAlert(person, await claimedBody<CreateRateAlertInput>(request), key)
  return jsonResponse(alert, 201, {
    location: `/api/v1/rates/alerts/${alert.id}`,
    ...(replayed ? { 'idempotent-replayed': 'true' } : {}),
  })
})

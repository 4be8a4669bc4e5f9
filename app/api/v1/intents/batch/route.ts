import { after } from 'next/server'
import { requireActor } from '#lib/auth/require-actor.ts'
import { idempotencyKey } from '#lib/http/idempotency.ts'
import { claimedBody } from '#lib/http/input.ts'
import { jsonResponse, route } from '#lib/http/route.ts'
import { proposeIntents } from '#lib/intents/propose-batch.ts'
import type { BatchInput } from '#lib/intents/schema.ts'
import { drainWithoutWorker } from '#lib/jobs/drain.ts'

/** Fifty payments with the longest of everything, in UTF-8. */
const maxBytes = 131_072

export const POST = route(async (request) => {
  const actor = await requireActor(request, 'propose')
  const key = idempotencyKey(request)
  const { results, replayed } = await proposeIntents(actor, await claimedBody<BatchInput>(request, maxBytes), key)
  after(drainWithoutWorker)
  return jsonResponse({ results }, 200, replayed ? { 'idempotent-replayed': 'true' } : {})
})

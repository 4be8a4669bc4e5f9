import { after } from 'next/server'
import { z } from 'zod'
import { requireActor } from '#lib/auth/require-actor.ts'
import { idempotencyKey } from '#lib/http/idempotency.ts'
import { claimedBody, claimedQuery } from '#lib/http/input.ts'
import { parseInput } from '#lib/http/parse.ts'
import { csvResponse, jsonResponse, route } from '#lib/http/route.ts'
import { intentsCsv } from '#lib/intents/history-csv.ts'
import { ListIntentsInput, listIntents } from '#lib/intents/list.ts'
import { proposeIntent } from '#lib/intents/propose.ts'
import type { IntentRequest } from '#lib/intents/schema.ts'
import { drainWithoutWorker } from '#lib/jobs/drain.ts'

const Query = ListIntentsInput.extend({ format: z.enum(['json', 'csv']).default('json') })

export const GET = route(async (request) => {
  const actor = await requireActor(request, 'read')
  const { format, ...query } = parseInput(Query, claimedQuery(request))
  if (format === 'json') return jsonResponse(await listIntents(actor, query))
  const { cursor: _, limit: __, ...filter } = query
  return csvResponse(await intentsCsv(actor, filter), 'causeway-payments.csv')
})

export const POST = route(async (request) => {
  const actor = await requireActor(request, 'propose')
  const key = idempotencyKey(request)
  const { intent, replayed } = await proposeIntent(actor, await claimedBody<IntentRequest>(request), key)
  after(drainWithoutWorker)
  return jsonResponse(intent, 201, {
    location: `/api/v1/intents/${intent.id}`,
    ...(replayed ? { 'idempotent-replayed': 'true' } : {}),
  })
})

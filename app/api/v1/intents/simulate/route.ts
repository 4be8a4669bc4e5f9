import { requireActor } from '#lib/auth/require-actor.ts'
import { claimedBody } from '#lib/http/input.ts'
import { jsonResponse, route } from '#lib/http/route.ts'
import type { SimulationRequest } from '#lib/intents/schema.ts'
import { simulateIntent } from '#lib/intents/simulate.ts'

export const POST = route(async (request) => {
  const actor = await requireActor(request, 'simulate')
  return jsonResponse(await simulateIntent(actor, await claimedBody<SimulationRequest>(request)))
})

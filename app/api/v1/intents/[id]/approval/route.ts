import { after } from 'next/server'
import { requireRequestPerson } from '#lib/auth/require-actor.ts'
import { claimedBody } from '#lib/http/input.ts'
import { jsonResponse, route } from '#lib/http/route.ts'
import { decideIntent } from '#lib/intents/decide.ts'
import type { DecisionInput } from '#lib/intents/schema.ts'
import { drainWithoutWorker } from '#lib/jobs/drain.ts'

export const POST = route(async (request, { params }: RouteContext<'/api/v1/intents/[id]/approval'>) => {
  const person = await requireRequestPerson(request)
  const { id } = await params
  const decided = await decideIntent(person, id, await claimedBody<DecisionInput>(request))
  after(drainWithoutWorker)
  return jsonResponse(decided)
})

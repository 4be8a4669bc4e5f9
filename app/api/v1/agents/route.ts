import { after } from 'next/server'
import { createAgent } from '#lib/agents/create.ts'
import { listAgents } from '#lib/agents/list.ts'
import type { CreateAgentInput } from '#lib/agents/schema.ts'
import { requireActor, requireRequestPerson } from '#lib/auth/require-actor.ts'
import { idempotencyKey } from '#lib/http/idempotency.ts'
import { claimedBody, claimedQuery } from '#lib/http/input.ts'
import { jsonResponse, route } from '#lib/http/route.ts'
import { drainWithoutWorker } from '#lib/jobs/drain.ts'

export const GET = route(async (request) => {
  const actor = await requireActor(request, 'read')
  return jsonResponse(await listAgents(actor, claimedQuery(request)))
})

export const POST = route(async (request) => {
  const person = await requireRequestPerson(request)
  const key = idempotencyKey(request)
  const { agent, replayed } = await createAgent(person, await claimedBody<CreateAgentInput>(request), key)
  after(drainWithoutWorker)
  return jsonResponse(agent, 201, {
    location: `/api/v1/agents/${agent.id}`,
    ...(replayed ? { 'idempotent-replayed': 'true' } : {}),
  })
})

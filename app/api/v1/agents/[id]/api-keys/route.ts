import { createApiKey } from '#lib/api-keys/create.ts'
import { listApiKeys } from '#lib/api-keys/list.ts'
import type { CreateApiKeyInput } from '#lib/api-keys/schema.ts'
import { requireRequestPerson } from '#lib/auth/require-actor.ts'
import { idempotencyKey } from '#lib/http/idempotency.ts'
import { claimedBody, claimedQuery } from '#lib/http/input.ts'
import { jsonResponse, route } from '#lib/http/route.ts'

export const GET = route(async (request, { params }: RouteContext<'/api/v1/agents/[id]/api-keys'>) => {
  const person = await requireRequestPerson(request)
  return jsonResponse(await listApiKeys(person, (await params).id, claimedQuery(request)))
})

export const POST = route(async (request, { params }: RouteContext<'/api/v1/agents/[id]/api-keys'>) => {
  const person = await requireRequestPerson(request)
  const key = idempotencyKey(request)
  const { id } = await params
  const { apiKey, replayed } = await createApiKey(person, id, await claimedBody<CreateApiKeyInput>(request), key)
  return jsonResponse(apiKey, 201, replayed ? { 'idempotent-replayed': 'true' } : {})
})

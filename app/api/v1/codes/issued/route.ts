import type { z } from 'zod'
import { requireRequestPerson } from '#lib/auth/require-actor.ts'
import { createCode } from '#lib/codes/create.ts'
import { listIssuedCodes } from '#lib/codes/list-issued.ts'
import type { CreateCodeInput } from '#lib/codes/schema.ts'
import { idempotencyKey } from '#lib/http/idempotency.ts'
import { claimedBody, claimedQuery } from '#lib/http/input.ts'
import type { PageInput } from '#lib/http/page.ts'
import { jsonResponse, route } from '#lib/http/route.ts'

export const GET = route(async (request) => {
  const person = await requireRequestPerson(request)
  return jsonResponse(await listIssuedCodes(person, claimedQuery<z.input<typeof PageInput>>(request)))
})

export const POST = route(async (request) => {
  const person = await requireRequestPerson(request)
  const key = idempotencyKey(request)
  const { code, replayed } = await createCode(person, await claimedBody<CreateCodeInput>(request), key)
  return jsonResponse(code, 201, replayed ? { 'idempotent-replayed': 'true' } : {})
})

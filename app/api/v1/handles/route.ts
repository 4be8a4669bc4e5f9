import { requireRequestPerson } from '#lib/auth/require-actor.ts'
import { claimHandle } from '#lib/handles/claim.ts'
import { getHandle } from '#lib/handles/get.ts'
import type { ClaimHandleInput } from '#lib/handles/schema.ts'
import { claimedBody } from '#lib/http/input.ts'
import { jsonResponse, route } from '#lib/http/route.ts'

export const GET = route(async (request) => {
  const person = await requireRequestPerson(request)
  return jsonResponse({ handle: await getHandle(person) })
})

export const PUT = route(async (request) => {
  const person = await requireRequestPerson(request)
  return jsonResponse({ handle: await claimHandle(person, await claimedBody<ClaimHandleInput>(request)) })
})

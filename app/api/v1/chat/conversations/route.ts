import { requireRequestPerson } from '#lib/auth/require-actor.ts'
import { beginConversation } from '#lib/chat/begin.ts'
import { listConversations } from '#lib/chat/list.ts'
import { BeginInput } from '#lib/chat/schema.ts'
import { claimedBody, claimedQuery } from '#lib/http/input.ts'
import { parseInput } from '#lib/http/parse.ts'
import { jsonResponse, route } from '#lib/http/route.ts'

export const GET = route(async (request) => {
  const person = await requireRequestPerson(request)
  return jsonResponse(await listConversations(person, claimedQuery(request)))
})

export const POST = route(async (request) => {
  const person = await requireRequestPerson(request)
  const { agentId } = parseInput(BeginInput, await claimedBody(request))
  const conversation = await beginConversation(person, agentId)
  return jsonResponse(conversation, 201, { location: `/api/v1/chat/conversations/${conversation.id}` })
})

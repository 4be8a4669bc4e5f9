import { requireRequestPerson } from '#lib/auth/require-actor.ts'
import { deleteConversation } from '#lib/chat/delete.ts'
import { getConversation } from '#lib/chat/get.ts'
import { jsonResponse, route } from '#lib/http/route.ts'

export const GET = route(async (request, { params }: RouteContext<'/api/v1/chat/conversations/[id]'>) => {
  const person = await requireRequestPerson(request)
  const { id } = await params
  return jsonResponse(await getConversation(person, id))
})

export const DELETE = route(async (request, { params }: RouteContext<'/api/v1/chat/conversations/[id]'>) => {
  const person = await requireRequestPerson(request)
  const { id } = await params
  await deleteConversation(person, id)
  return new Response(null, { status: 204, headers: { 'cache-control': 'no-store' } })
})

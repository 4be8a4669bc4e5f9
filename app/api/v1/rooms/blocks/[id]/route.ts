import { requireRequestPerson } from '#lib/auth/require-actor.ts'
import { route } from '#lib/http/route.ts'
import { blockPerson } from '#lib/rooms/blocks/block.ts'
import { unblockPerson } from '#lib/rooms/blocks/unblock.ts'

export const PUT = route(async (request, { params }: RouteContext<'/api/v1/rooms/blocks/[id]'>) => {
  await blockPerson(await requireRequestPerson(request), (await params).id)
  return new Response(null, { status: 204 })
})

export const DELETE = route(async (request, { params }: RouteContext<'/api/v1/rooms/blocks/[id]'>) => {
  await unblockPerson(await requireRequestPerson(request), (await params).id)
  return new Response(null, { status: 204 })
})

import { requireActor } from '#lib/auth/require-actor.ts'
import { route } from '#lib/http/route.ts'
import { taggedResponse } from '#lib/http/tagged.ts'
import { getWallet } from '#lib/wallets/get.ts'

export const GET = route(async (request, { params }: RouteContext<'/api/v1/wallets/[id]'>) => {
  const actor = await requireActor(request, 'read')
  return taggedResponse(request, await getWallet(actor, (await params).id))
})

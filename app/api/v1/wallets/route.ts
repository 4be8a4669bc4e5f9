import { requireActor, requireRequestPerson } from '#lib/auth/require-actor.ts'
import { claimedBody, claimedQuery } from '#lib/http/input.ts'
import { jsonResponse, route } from '#lib/http/route.ts'
import { addExternalWallet } from '#lib/wallets/add-external.ts'
import { listWallets } from '#lib/wallets/list.ts'
import type { ExternalWalletInput } from '#lib/wallets/schema.ts'

export const GET = route(async (request) => {
  const actor = await requireActor(request, 'read')
  return jsonResponse(await listWallets(actor, claimedQuery(request)))
})

export const POST = route(async (request) => {
  const person = await requireRequestPerson(request)
  const wallet = await addExternalWallet(person, await claimedBody<ExternalWalletInput>(request))
  return jsonResponse(wallet, 201, { location: `/api/v1/wallets/${wallet.id}` })
})

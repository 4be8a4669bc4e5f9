import { revokeApiKey } from '#lib/api-keys/revoke.ts'
import { requireRequestPerson } from '#lib/auth/require-actor.ts'
import { route } from '#lib/http/route.ts'

export const DELETE = route(async (request, { params }: RouteContext<'/api/v1/api-keys/[id]'>) => {
  const person = await requireRequestPerson(request)
  await revokeApiKey(person, (await params).id)
  return new Response(null, { status: 204 })
})

import { requireRequestPerson } from '#lib/auth/require-actor.ts'
import { route } from '#lib/http/route.ts'
import { revokeStandingApproval } from '#lib/intents/revoke-standing-approval.ts'

export const DELETE = route(async (request, { params }: RouteContext<'/api/v1/standing-approvals/[id]'>) => {
  const person = await requireRequestPerson(request)
  await revokeStandingApproval(person, (await params).id)
  return new Response(null, { status: 204 })
})

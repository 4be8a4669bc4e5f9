import { requireRequestPerson } from '#lib/auth/require-actor.ts'
import { jsonResponse, route } from '#lib/http/route.ts'
import { listStandingApprovals } from '#lib/intents/list-standing-approvals.ts'

export const GET = route(async (request) => {
  const person = await requireRequestPerson(request)
  return jsonResponse({ standingApprovals: await listStandingApprovals(person) })
})

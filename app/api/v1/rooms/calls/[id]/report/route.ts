import { requireRequestPerson } from '#lib/auth/require-actor.ts'
import { claimedBody } from '#lib/http/input.ts'
import { route } from '#lib/http/route.ts'
import { reportCall } from '#lib/rooms/calls/report.ts'
import type { ReportCallInput } from '#lib/rooms/schema.ts'

export const POST = route(async (request, { params }: RouteContext<'/api/v1/rooms/calls/[id]/report'>) => {
  const person = await requireRequestPerson(request)
  await reportCall(person, (await params).id, await claimedBody<ReportCallInput>(request))
  return new Response(null, { status: 204 })
})

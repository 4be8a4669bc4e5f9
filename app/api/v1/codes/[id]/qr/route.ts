import type { z } from 'zod'
import { requireRequestPerson } from '#lib/auth/require-actor.ts'
import { codeQr, type QrInput } from '#lib/codes/qr.ts'
import { claimedQuery } from '#lib/http/input.ts'
import { route } from '#lib/http/route.ts'

export const GET = route(async (request, { params }: RouteContext<'/api/v1/codes/[id]/qr'>) => {
  const { id } = await params
  const person = await requireRequestPerson(request)
  const { type, body } = await codeQr(person, id, claimedQuery<z.input<typeof QrInput>>(request))
  return new Response(body, { headers: { 'content-type': type, 'cache-control': 'no-store' } })
})

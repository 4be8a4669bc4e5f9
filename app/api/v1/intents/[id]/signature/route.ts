import { after } from 'next/server'
import { requireRequestPerson } from '#lib/auth/require-actor.ts'
import { claimedBody } from '#lib/http/input.ts'
import { jsonResponse, route } from '#lib/http/route.ts'
import { recordSignature, type SignatureInput } from '#lib/intents/record-signature.ts'
import { signatureRequest } from '#lib/intents/signature-request.ts'
import { drainWithoutWorker } from '#lib/jobs/drain.ts'

export const GET = route(async (request, { params }: RouteContext<'/api/v1/intents/[id]/signature'>) => {
  const person = await requireRequestPerson(request)
  return jsonResponse(await signatureRequest(person, (await params).id))
})

export const POST = route(async (request, { params }: RouteContext<'/api/v1/intents/[id]/signature'>) => {
  const person = await requireRequestPerson(request)
  const { id } = await params
  const intent = await recordSignature(person, id, await claimedBody<SignatureInput>(request))
  after(drainWithoutWorker)
  return jsonResponse(intent)
})

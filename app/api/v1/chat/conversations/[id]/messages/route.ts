import { createUIMessageStreamResponse } from 'ai'
import { after } from 'next/server'
import { requireRequestPerson } from '#lib/auth/require-actor.ts'
import { answerMessage } from '#lib/chat/answer.ts'
import type { AskInput } from '#lib/chat/schema.ts'
import { claimedBody } from '#lib/http/input.ts'
import { limitRate } from '#lib/http/rate-limit/limit-rate.ts'
import { route } from '#lib/http/route.ts'
import { drainWithoutWorker } from '#lib/jobs/drain.ts'

/** A model is given a minute; the rest is for what it asks of us. */
export const maxDuration = 90

export const POST = route(async (request, { params }: RouteContext<'/api/v1/chat/conversations/[id]/messages'>) => {
  const person = await requireRequestPerson(request)
  await limitRate('messages', person.userId)
  const { id } = await params
  const input = await claimedBody<AskInput>(request, 65_536)
  const stream = await answerMessage({ actor: person, conversationId: id, input })
  after(drainWithoutWorker)
  return createUIMessageStreamResponse({ stream, headers: { 'cache-control': 'no-store' } })
})

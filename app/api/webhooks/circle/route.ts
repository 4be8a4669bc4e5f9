import { after } from 'next/server'
import { readBody } from '#lib/http/body.ts'
import { jsonResponse, route } from '#lib/http/route.ts'
import { drainWithoutWorker } from '#lib/jobs/drain.ts'
import { receiveCircleWebhook } from '#lib/webhooks/receive.ts'

const maxBytes = 1024 * 1024

/** Circle asks for this before it sends anything to an address. */
export const HEAD = route(async () => new Response(null, { status: 200, headers: { 'cache-control': 'no-store' } }))

export const POST = route(async (request) => {
  const rawBody = await readBody(request, maxBytes)
  const { id, isNew } = await receiveCircleWebhook({
    rawBody,
    signature: request.headers.get('x-circle-signature'),
    keyId: request.headers.get('x-circle-key-id'),
  })
  after(drainWithoutWorker)
  return jsonResponse({ id, duplicate: !isNew })
})

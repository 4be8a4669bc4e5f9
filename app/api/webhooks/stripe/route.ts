import { after } from 'next/server'
import { readBody } from '#lib/http/body.ts'
import { jsonResponse, route } from '#lib/http/route.ts'
import { drainWithoutWorker } from '#lib/jobs/drain.ts'
import { receiveStripeWebhook } from '#lib/webhooks/receive.ts'

const maxBytes = 1024 * 1024

export const POST = route(async (request) => {
  const rawBody = await readBody(request, maxBytes)
  const { id, isNew } = await receiveStripeWebhook({ rawBody, header: request.headers.get('stripe-signature') })
  after(drainWithoutWorker)
  return jsonResponse({ id, duplicate: !isNew })
})

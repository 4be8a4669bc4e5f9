import { env } from '#lib/env.ts'
import { verifyStripeSignature } from '#lib/rails/stripe/webhook-signature.ts'

/** The least that a webhook's route can do. bench/webhooks/next-route.ts adds it to its copy of the app. */
export async function POST(request: Request): Promise<Response> {
  verifyStripeSignature({
    rawBody: new Uint8Array(await request.arrayBuffer()),
    header: request.headers.get('stripe-signature'),
    secrets: env().STRIPE_WEBHOOK_SECRETS,
    now: new Date(),
  })
  return Response.json({ received: true })
}

import { createHmac, randomBytes } from 'node:crypto'

export type SignedEvent = { body: string; header: string }

/** New `payment_intent.succeeded` events as Stripe sends and signs them, each with ids of its own. */
export function signedEvents(count: number, secret: string): SignedEvent[] {
  const timestamp = Math.floor(Date.now() / 1000)
  return Array.from({ length: count }, () => {
    const body = JSON.stringify(paymentIntentSucceeded(randomBytes(12).toString('hex'), timestamp), null, 2)
    const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')
    return { body, header: `t=${timestamp},v1=${signature}` }
  })
}

/** The fields of Stripe's documented example. */
const paymentIntentSucceeded = (id: string, created: number) => ({
  id: `evt_${id}`,
  object: 'event',
  api_version: '2025-09-30.clover',
  created,
  data: {
    object: {
      id: `pi_${id}`,
      object: 'payment_intent',
      amount: 2500,
      amount_capturable: 0,
      amount_details: { tip: {} },
      amount_received: 2500,
      application: null,
      application_fee_amount: null,
      automatic_payment_methods: { allow_redirects: 'always', enabled: true },
      canceled_at: null,
      cancellation_reason: null,
      capture_method: 'automatic_async',
      client_secret: `pi_${id}_secret_${id}`,
      confirmation_method: 'automatic',
      created,
      currency: 'usd',
      customer: null,
      description: 'A purchase',
      excluded_payment_method_types: null,
      invoice: null,
      last_payment_error: null,
      latest_charge: `ch_${id}`,
      livemode: false,
      metadata: { order: id },
      next_action: null,
      on_behalf_of: null,
      payment_method: `pm_${id}`,
      payment_method_configuration_details: null,
      payment_method_options: {
        card: { installments: null, mandate_options: null, network: null, request_three_d_secure: 'automatic' },
      },
      payment_method_types: ['card'],
      processing: null,
      receipt_email: null,
      review: null,
      setup_future_usage: null,
      shipping: null,
      source: null,
      statement_descriptor: null,
      statement_descriptor_suffix: null,
      status: 'succeeded',
      transfer_data: null,
      transfer_group: null,
    },
  },
  livemode: false,
  pending_webhooks: 1,
  request: { id: `req_${id}`, idempotency_key: id },
  type: 'payment_intent.succeeded',
})

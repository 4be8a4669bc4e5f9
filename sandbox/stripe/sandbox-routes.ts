import { Hono } from 'hono'
import { z } from 'zod'

import type { Deliverer } from '#sandbox/http/deliveries.ts'
import type { FaultBox } from '#sandbox/http/faults.ts'
import type { NodeEnvironment } from '#sandbox/http/serve.ts'

import type { CardOutcome } from '#sandbox/stripe/cards.ts'
import { type CheckoutDesk, checkoutWire } from '#sandbox/stripe/checkout.ts'
import { invalid, missing, StripeRefusal } from '#sandbox/stripe/errors.ts'
import { outgoing } from '#sandbox/stripe/events.ts'
import type { OnrampDesk } from '#sandbox/stripe/onramp-pay.ts'
import { onrampWire } from '#sandbox/stripe/onramp-wire.ts'
import type { State } from '#sandbox/stripe/state.ts'

const PayInput = z.object({ card: z.string() })
const WebhookInput = z.strictObject({
  url: z.url().nullable().optional(),
  secrets: z.array(z.string().startsWith('whsec_')).min(1).optional(),
  onrampEventType: z.enum(['crypto.onramp_session.updated', 'crypto.onramp_session_updated']).optional(),
})
const ResendInput = z.object({ eventId: z.string() })

/** What only a sandbox has: machines that pay, faults, the list of deliveries. */
export function createSandboxRoutes(options: {
  state: State
  faults: FaultBox
  deliverer: Deliverer
  onramp: OnrampDesk
  checkout: CheckoutDesk
  origin: () => string
}): Hono<NodeEnvironment> {
  const { state, faults, deliverer, onramp, checkout, origin } = options
  const routes = new Hono<NodeEnvironment>()
  routes.route('/faults', faults.routes)
  routes.route('/deliveries', deliverer.routes)

  routes.post('/onramp_sessions/:id/pay', async (c) => {
    const { card } = read(PayInput, await c.req.text())
    const id = c.req.param('id')
    const session = state.onramp.get(id)
    if (!session) throw missing('onramp session', id)
    const paid = onramp.pay(session, card)
    refuseDeclined(paid.outcome)
    return c.json(onrampWire(paid.session, origin()))
  })
  routes.post('/checkout_sessions/:id/pay', async (c) => {
    const { card } = read(PayInput, await c.req.text())
    const id = c.req.param('id')
    const session = state.checkout.get(id)
    if (!session) throw missing('checkout.session', id)
    const paid = checkout.pay(session, card)
    refuseDeclined(paid.outcome)
    return c.json(checkoutWire(paid.session, origin()))
  })

  routes.get('/webhooks', (c) => c.json(state.settings.get('webhook')))
  routes.put('/webhooks', async (c) => {
    const { url, secrets, onrampEventType } = read(WebhookInput, await c.req.text())
    const current = state.settings.get('webhook')
    if (!current) throw new Error('the settings are written at the start')
    const settings = {
      url: url === undefined ? current.url : url,
      secrets: secrets ?? current.secrets,
      onrampEventType: onrampEventType ?? current.onrampEventType,
    }
    state.settings.put('webhook', settings)
    deliverer.wake()
    return c.json(settings)
  })
  routes.post('/webhooks/resend', async (c) => {
    const { eventId } = read(ResendInput, await c.req.text())
    const event = state.events.get(eventId)
    if (!event) throw missing('event', eventId)
    deliverer.resend(outgoing(event))
    return c.json({ eventId })
  })
  return routes
}

function refuseDeclined(outcome: CardOutcome): void {
  if (outcome.kind !== 'declined') return
  const { code, declineCode, message } = outcome
  throw new StripeRefusal(402, { type: 'card_error', code, decline_code: declineCode, message })
}

function read<Schema extends z.ZodType>(schema: Schema, body: string): z.output<Schema> {
  let json: unknown
  try {
    json = JSON.parse(body)
  } catch {
    throw invalid('The body is not JSON.')
  }
  const result = schema.safeParse(json)
  if (!result.success) throw invalid(z.prettifyError(result.error))
  return result.data
}

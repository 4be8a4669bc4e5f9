import { createHmac } from 'node:crypto'
import { Hono } from 'hono'
import type { Address, Hex } from 'viem'

import { createDeliverer } from '#sandbox/http/deliveries.ts'
import { createFaults } from '#sandbox/http/faults.ts'
import { type NodeEnvironment, serve } from '#sandbox/http/serve.ts'
import { createSender } from '#sandbox/onchain/sender.ts'

import { createApi } from '#sandbox/stripe/api.ts'
import { createCheckoutDesk } from '#sandbox/stripe/checkout.ts'
import { StripeRefusal } from '#sandbox/stripe/errors.ts'
import { createEmit } from '#sandbox/stripe/events.ts'
import { createFonts } from '#sandbox/stripe/fonts.ts'
import { createOnrampDesk } from '#sandbox/stripe/onramp-pay.ts'
import { createPages } from '#sandbox/stripe/pages.ts'
import { createSandboxRoutes } from '#sandbox/stripe/sandbox-routes.ts'
import { openState } from '#sandbox/stripe/state.ts'

export type StripeOptions = {
  /** Holds what the stand-in remembers. */
  dir: string
  port: number
  rpcUrl: string
  tokens: { USDC: Address }
  /** Holds the USDC that Stripe pays out. */
  settlementKey: Hex
  /** Null until it is known; events wait. */
  webhookUrl: string | null
  webhookSecret: string
  /** The one API key that is accepted; without it, any that starts with sk_test_. */
  secretKey?: string
  retryMs?: readonly number[]
  holdMs?: number
  log?: (line: string) => void
}

export type StripeStandIn = {
  url: string
  setWebhookUrl: (url: string | null) => void
  stop: () => Promise<void>
}

/** Starts a Stripe that moves no real money: the onramp and Checkout, their card page, their webhooks. */
export async function startStripe(options: StripeOptions): Promise<StripeStandIn> {
  const {
    dir,
    port,
    rpcUrl,
    tokens,
    settlementKey,
    webhookUrl,
    webhookSecret,
    secretKey,
    log = () => undefined,
  } = options
  const state = openState(dir)
  state.settings.put('webhook', {
    url: webhookUrl,
    secrets: [webhookSecret],
    onrampEventType: 'crypto.onramp_session.updated',
  })
  const settings = () => state.settings.get('webhook')
  let url = ''
  const origin = () => url

  const faults = createFaults()
  const deliverer = createDeliverer({
    store: state.store,
    faults,
    target: () => (url === '' ? null : (settings()?.url ?? null)),
    sign: (body, at) => ({ 'stripe-signature': signatureHeader(body, at, settings()?.secrets ?? []) }),
    ...(options.retryMs === undefined ? {} : { retryMs: options.retryMs }),
    ...(options.holdMs === undefined ? {} : { holdMs: options.holdMs }),
  })
  const emit = createEmit(state, deliverer)
  const sender = createSender({ rpcUrl, privateKey: settlementKey, store: state.store })
  const onramp = createOnrampDesk({ state, emit, sender, usdcAddress: tokens.USDC, origin, log })
  const checkout = createCheckoutDesk({ state, emit, origin })

  const app = new Hono<NodeEnvironment>()
  app.route('/v1', createApi({ state, faults, checkout, origin, secretKey }))
  app.route('/sandbox', createSandboxRoutes({ state, faults, deliverer, onramp, checkout, origin }))
  app.route('/assets', createFonts())
  app.route('/', createPages({ state, onramp, checkout }))
  app.onError((error, c) => {
    if (error instanceof StripeRefusal) return Response.json({ error: error.body }, { status: error.status })
    log(`${c.req.method} ${c.req.path}: ${error.stack}`)
    return c.json({ error: { type: 'api_error', message: 'The sandbox failed.' } }, 500)
  })

  const served = await serve({ app, port })
  url = served.url
  onramp.resume()
  deliverer.wake()
  return {
    url,
    setWebhookUrl: (next) => {
      const current = settings()
      if (current) state.settings.put('webhook', { ...current, url: next })
      deliverer.wake()
    },
    stop: async () => {
      await served.stop()
      await Promise.all([onramp.stop(), deliverer.stop()])
      state.store.close()
    },
  }
}

/** Every secret signs, as Stripe does while one is being replaced. */
function signatureHeader(body: string, at: Date, secrets: string[]): string {
  const timestamp = Math.floor(at.getTime() / 1000)
  const signatures = secrets.map(
    (secret) => `v1=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`,
  )
  return [`t=${timestamp}`, ...signatures].join(',')
}

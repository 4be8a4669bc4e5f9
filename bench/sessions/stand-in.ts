import { benchEnvironment } from '#bench/environment.ts'
import { type StripeStandIn, startStripe } from '#sandbox/stripe/start.ts'

/** Stripe's stand-in, for sessions that are begun and never paid: nothing of it reaches a chain. */
export async function startStandIn(dir: string): Promise<StripeStandIn> {
  return await startStripe({
    dir,
    port: 0,
    rpcUrl: 'http://127.0.0.1:9',
    tokens: { USDC: '0xe1a26db653708A2AD8F824E92Db9852410e33A59' },
    settlementKey: `0x${'1'.repeat(64)}`,
    webhookUrl: null,
    webhookSecret: benchEnvironment.STRIPE_WEBHOOK_SECRETS,
  })
}

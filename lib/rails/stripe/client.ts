import Stripe from 'stripe'

import { env } from '#lib/env.ts'
import { tracedClient } from '#lib/rails/stripe/traced-client.ts'

/** How long one call may take. Past it the outcome is unclear, never a failure. */
const timeoutMs = 20_000

/**
 * A Stripe client for the given key. `apiUrl` replaces https://api.stripe.com; only the sandbox sets it.
 * The client never retries by itself: a job decides, with the same idempotency key. (The SDK still repeats a call once
 * when its connection is closed under it; that call carries the same key too.)
 */
export function createStripe({ secretKey, apiUrl }: { secretKey: string; apiUrl?: string | undefined }): Stripe {
  const httpClient = tracedClient()
  return new Stripe(secretKey, {
    httpClient,
    timeout: timeoutMs,
    maxNetworkRetries: 0,
    telemetry: false,
    ...addressOf(apiUrl),
  })
}

let client: Stripe | undefined

/** This process's Stripe client, made from the environment on first use. */
export function stripe(): Stripe {
  client ??= createStripe({ secretKey: env().STRIPE_SECRET_KEY, apiUrl: env().STRIPE_API_URL })
  return client
}

function addressOf(apiUrl: string | undefined): { host?: string; port?: string; protocol?: 'http' | 'https' } {
  if (apiUrl === undefined) return {}
  const url = new URL(apiUrl)
  const protocol = url.protocol === 'http:' ? 'http' : 'https'
  return { host: url.hostname, port: url.port || (protocol === 'http' ? '80' : '443'), protocol }
}

import type Stripe from 'stripe'

import type { Health } from '#lib/rails/rail.ts'
import { stripe } from '#lib/rails/stripe/client.ts'
import { outcomeOf, refusalOf } from '#lib/rails/stripe/errors.ts'

/** Asks Stripe for the account's balance, the cheapest call that proves address and key. Never throws. */
export async function health(client: Stripe = stripe()): Promise<Health> {
  try {
    const balance = await client.balance.retrieve({}, { timeout: 5000 })
    return { ok: true, detail: balance.livemode ? 'live mode' : 'test mode' }
  } catch (error) {
    const outcome = outcomeOf(error)
    if (outcome === 'refused') return { ok: false, detail: `Stripe refuses this key (${refusalOf(error).code})` }
    return {
      ok: false,
      detail: outcome === 'unavailable' ? 'Stripe cannot be reached' : 'Stripe did not answer clearly',
    }
  }
}

import Stripe from 'stripe'
import { outcomeOf, refusalOf } from '#lib/rails/stripe/errors.ts'
import { type Check, fail, ok } from '#scripts/doctor/check.ts'

/** Stripe takes the key, and what it moves: real money or none. */
export const stripeKey: Check = {
  name: 'key',
  needs: ['STRIPE_SECRET_KEY'],
  look: async ({ stripe, live }) => {
    const mode = live ? 'live mode: real money' : 'test mode: no real money'
    try {
      await stripe().balance.retrieve({}, { timeout: 10_000 })
      return ok(`is taken; ${mode}`)
    } catch (error) {
      // A restricted key that may not see the balance was known all the same.
      if (error instanceof Stripe.errors.StripePermissionError) return ok(`is taken, a restricted one; ${mode}`)
      const outcome = outcomeOf(error)
      if (outcome === 'refused') {
        return fail(
          `Stripe refuses it (${refusalOf(error).code})`,
          "Copy STRIPE_SECRET_KEY again from Stripe's dashboard, Developers, API keys; a key that was rolled is no longer taken.",
        )
      }
      return fail(
        outcome === 'unavailable' ? 'Stripe cannot be reached' : 'Stripe did not answer clearly',
        'Ask again in a minute; then look at https://status.stripe.com and at what filters outgoing connections here.',
      )
    }
  },
}

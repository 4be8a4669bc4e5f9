import Stripe from 'stripe'
import { outcomeOf, refusalOf } from '#lib/rails/stripe/errors.ts'
import { parseStripeNetworks } from '#lib/rails/stripe/networks.ts'
import { retrieveQuote } from '#lib/rails/stripe/quotes.ts'
import { type Check, fail, ok, type Verdict } from '#scripts/doctor/check.ts'

const apply = "Apply for the onramp in Stripe's dashboard, and wait for the approval; sandboxes need it too."

const steps: Record<string, string> = {
  crypto_onramp_disabled: 'Wait: Stripe has paused it for everybody. https://status.stripe.com tells when it is back.',
  crypto_onramp_merchant_not_properly_setup: apply,
  crypto_onramp_unsupported_country:
    "Stripe sells crypto for accounts in the USA and the EU; use such an account's key.",
  crypto_onramp_invalid_source_destination_pair: 'Take this network out of STRIPE_NETWORKS.',
  crypto_onramp_invalid_destination_currency_and_network_pair: 'Take this network out of STRIPE_NETWORKS.',
}

/** This account may sell crypto: Stripe quotes USDC on each network of STRIPE_NETWORKS. */
export const stripeOnramp: Check = {
  name: 'onramp',
  needs: ['STRIPE_SECRET_KEY', 'STRIPE_NETWORKS'],
  look: async ({ stripe, need }): Promise<Verdict[]> => {
    const theirs = new Set(parseStripeNetworks(need('STRIPE_NETWORKS')).values())
    return await Promise.all(
      [...theirs].map(async (stripeNetwork): Promise<Verdict> => {
        const of = `onramp to ${stripeNetwork}`
        try {
          const quote = await retrieveQuote({ sourceAmount: '25.00', sourceCurrency: 'USD', stripeNetwork }, stripe())
          return { ...ok(`25.00 USD buy ${quote.destinationAmount} USDC, for ${quote.totalAmount} USD with fees`), of }
        } catch (error) {
          return { ...explain(error), of }
        }
      }),
    )
  },
}

function explain(error: unknown): Verdict {
  if (!(error instanceof Stripe.errors.StripeError)) {
    const seen = error instanceof Error ? error.message : 'Stripe answered in an unknown form'
    return fail(seen, 'Ask again later, or take this network out of STRIPE_NETWORKS.')
  }
  if (outcomeOf(error) !== 'refused')
    return fail('Stripe did not answer clearly', 'Ask again in a minute; then look at https://status.stripe.com.')
  const { code, detail } = refusalOf(error)
  const closed = error.statusCode === 403 || error.statusCode === 404
  return fail(closed ? `this account has no access to it (${code})` : `${detail} (${code})`, steps[code] ?? apply)
}

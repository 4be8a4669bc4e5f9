import { Problem } from '#lib/http/problem.ts'
import { formatAmount, parseAmount } from '#lib/money/amount.ts'
import { currencies } from '#lib/money/currencies.ts'
import { quoteSeconds } from '#lib/onramp/limits.ts'
import { type Offer, requireOffer } from '#lib/onramp/offers.ts'
import { signQuote } from '#lib/onramp/quote-id.ts'
import type { Quote, QuoteInput } from '#lib/onramp/schema.ts'
import { networks } from '#lib/rails/chain/networks.ts'
import { requireToken } from '#lib/rails/chain/tokens.ts'
import { outcomeOf, refusalOf } from '#lib/rails/stripe/errors.ts'
import { retrieveQuote, type StripeQuote } from '#lib/rails/stripe/quotes.ts'

/**
 * What a purchase would cost and bring now, by Stripe's own prices. It holds for 60 seconds.
 * Throws a Problem when the pair is not offered, or Stripe gives no quote.
 */
export async function quoteOnramp({ input, now = new Date() }: { input: QuoteInput; now?: Date }): Promise<Quote> {
  const offer = requireOffer(input.asset, input.network)
  const { decimals } = currencies[input.sourceCurrency]
  const sourceAmount = formatAmount(input.sourceAmountMinor, decimals, { minimumDecimals: decimals })
  const stripe = await askStripe({
    sourceAmount,
    sourceCurrency: input.sourceCurrency,
    stripeNetwork: offer.stripeNetwork,
  })

  const usdc = parseAmount(stripe.destinationAmount, requireToken('USDC', offer.settlementNetwork).decimals)
  const { amount, fee } = afterDelivery(usdc, offer)
  const token = requireToken(offer.asset, offer.network)
  const show = (units: bigint) => formatAmount(units, token.decimals, { minimumDecimals: 2 })
  const fees: Quote['fees'] = [
    { kind: 'processing', amount: stripe.processingFee, currency: input.sourceCurrency },
    { kind: 'network', amount: stripe.networkFee, currency: input.sourceCurrency },
  ]
  if (fee > 0n) fees.push({ kind: 'delivery', amount: show(fee), currency: offer.asset })

  return signQuote({
    sourceAmount,
    sourceCurrency: input.sourceCurrency,
    fees,
    totalAmount: stripe.totalAmount,
    destinationAmount: show(amount),
    asset: offer.asset,
    network: offer.network,
    chain: networks[offer.network].caip2,
    expiresAt: new Date(now.getTime() + quoteSeconds * 1000).toISOString(),
  })
}

/**
 * What is left of the USDC for the buyer, and the delivery fee, both in the asset's base units.
 * The rule is that of private.delivery_amount, which decides: one for one, less the fee, rounded down.
 */
export function afterDelivery(usdc: bigint, offer: Offer): { amount: bigint; fee: bigint } {
  const usdcDecimals = requireToken('USDC', offer.settlementNetwork).decimals
  const full = usdc * 10n ** BigInt(requireToken(offer.asset, offer.network).decimals - usdcDecimals)
  const amount = (full * BigInt(10_000 - offer.feeBasisPoints)) / 10_000n
  return { amount, fee: full - amount }
}

async function askStripe(input: Parameters<typeof retrieveQuote>[0]): Promise<StripeQuote> {
  try {
    return await retrieveQuote(input)
  } catch (error) {
    if (outcomeOf(error) === 'refused') {
      const { code, detail } = refusalOf(error)
      throw new Problem(422, 'stripe_refused', 'Stripe gives no quote for this', `${detail} (${code})`, {
        field: 'sourceAmount',
        cause: error,
      })
    }
    throw new Problem(
      503,
      'quotes_unavailable',
      'There is no quote right now',
      'Stripe does not answer at the moment. Nothing was charged; try again shortly.',
      { retryAfterSeconds: 5, cause: error },
    )
  }
}

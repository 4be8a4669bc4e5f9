import { Problem } from '#lib/http/problem.ts'
import { formatAmount, parseAmount } from '#lib/money/amount.ts'
import { currencies } from '#lib/money/currencies.ts'
import { requireOffer } from '#lib/onramp/offers.ts'
import { signQuote } from '#lib/onramp/quote-id.ts'
import type { Quote, QuoteInput } from '#lib/onramp/schema.ts'
import type { ReadTerms } from '#lib/onramp/terms.ts'
import { networks } from '#lib/rails/chain/networks.ts'
import { requireToken } from '#lib/rails/chain/tokens.ts'
import { outcomeOf, refusalOf } from '#lib/rails/stripe/errors.ts'
import { retrieveQuote, type StripeQuote } from '#lib/rails/stripe/quotes.ts'

/**
 * What a purchase would cost and bring now: Stripe says how much USDC it sells, and the database, by the market's prices, what
 * becomes of it. It holds for 60 seconds.
 * Throws a Problem when the pair is not offered, Stripe gives no quote, or there is no fresh price.
 */
export async function quoteOnramp({ input, readTerms }: { input: QuoteInput; readTerms: ReadTerms }): Promise<Quote> {
  const offer = requireOffer(input.asset, input.network)
  const { decimals } = currencies[input.sourceCurrency]
  const sourceAmount = formatAmount(input.sourceAmountMinor, decimals, { minimumDecimals: decimals })
  const stripe = await askStripe({
    sourceAmount,
    sourceCurrency: input.sourceCurrency,
    stripeNetwork: offer.stripeNetwork,
  })

  const usdc = parseAmount(stripe.destinationAmount, requireToken('USDC', offer.settlementNetwork).decimals)
  const terms = await readTermsOf(readTerms)({
    asset: offer.asset,
    currency: input.sourceCurrency,
    sourceAmountMinor: input.sourceAmountMinor,
    usdc,
    offer,
  })
  const token = requireToken(offer.asset, offer.network)
  const show = (units: string) => formatAmount(BigInt(units), token.decimals, { minimumDecimals: 2 })
  const fees: Quote['fees'] = [
    { kind: 'processing', amount: stripe.processingFee, currency: input.sourceCurrency },
    { kind: 'network', amount: stripe.networkFee, currency: input.sourceCurrency },
  ]
  if (terms.fee !== '0') fees.push({ kind: 'delivery', amount: show(terms.fee), currency: offer.asset })

  return signQuote({
    sourceAmount,
    sourceCurrency: input.sourceCurrency,
    fees,
    totalAmount: stripe.totalAmount,
    destinationAmount: show(terms.amount),
    asset: offer.asset,
    network: offer.network,
    chain: networks[offer.network].caip2,
    rate: terms.rate,
    expiresAt: terms.expiresAt,
  })
}

/** To whom a purchase is quoted, a price that was never read is no other than one that was read too long ago. */
function readTermsOf(readTerms: ReadTerms): ReadTerms {
  return async (input) => {
    try {
      return await readTerms(input)
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'rate_missing') throw error
      throw new Problem(503, 'rate_stale', 'There is no price yet', error.detail, {
        retryAfterSeconds: 60,
        cause: error,
      })
    }
  }
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

import type Stripe from 'stripe'
import { z } from 'zod'

import { decimalAmount, parseAnswer, UnexpectedStripeAnswer } from '#lib/rails/stripe/answer.ts'
import { stripe } from '#lib/rails/stripe/client.ts'
import { networkKey, type StripeNetwork } from '#lib/rails/stripe/networks.ts'

const Quote = z.object({
  destination_amount: decimalAmount,
  destination_currency: z.string(),
  fees: z.object({ network_fee_monetary: decimalAmount, transaction_fee_monetary: decimalAmount }),
  source_total_amount: decimalAmount,
})

const Quotes = z.object({
  source_amount: decimalAmount,
  destination_network_quotes: z.record(z.string(), z.array(Quote).nullable()),
})

export type StripeQuote = {
  /** How much USDC arrives. */
  destinationAmount: string
  processingFee: string
  networkFee: string
  /** What the card pays: the source amount and both fees. */
  totalAmount: string
}

/** What Stripe would deliver now for `sourceAmount`. Fees come on top of it: the source amount is converted in full. */
export async function retrieveQuote(
  input: { sourceAmount: string; sourceCurrency: 'USD' | 'EUR'; stripeNetwork: StripeNetwork },
  client: Stripe = stripe(),
): Promise<StripeQuote> {
  // rawRequest takes parameters of a GET in its path only.
  const query = new URLSearchParams({
    source_amount: input.sourceAmount,
    source_currency: input.sourceCurrency.toLowerCase(),
    'destination_currencies[0]': 'usdc',
    'destination_networks[0]': input.stripeNetwork,
  })
  const answer = await client.rawRequest('GET', `/v1/crypto/onramp/quotes?${query}`)
  const quotes = parseAnswer(Quotes, answer, 'quote')
  const quote = quotes.destination_network_quotes[networkKey(input.stripeNetwork)]?.find(
    (candidate) => candidate.destination_currency === 'usdc',
  )
  if (!quote) throw new UnexpectedStripeAnswer(`Stripe offers no USDC on ${input.stripeNetwork} now`)
  return {
    destinationAmount: quote.destination_amount,
    processingFee: quote.fees.transaction_fee_monetary,
    networkFee: quote.fees.network_fee_monetary,
    totalAmount: quote.source_total_amount,
  }
}

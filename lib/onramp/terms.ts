import { z } from 'zod'
import type { Asset } from '#lib/money/assets.ts'
import type { Currency } from '#lib/money/currencies.ts'
import type { Offer } from '#lib/onramp/offers.ts'
import { QuoteRate } from '#lib/onramp/schema.ts'
import { callRates } from '#lib/rates/read.ts'

/** What a purchase comes to by the prices of now, reckoned by the database. Amounts are in the asset's base units. */
export const OnrampTerms = z.object({
  amount: z.string(),
  fee: z.string(),
  rate: QuoteRate,
  expiresAt: z.iso.datetime(),
})
export type OnrampTerms = z.infer<typeof OnrampTerms>

export type TermsInput = {
  asset: Asset
  currency: Currency
  sourceAmountMinor: bigint
  /** What Stripe sells for it, in USDC's base units. */
  usdc: bigint
  offer: Offer
}

export type ReadTerms = (input: TermsInput) => Promise<OnrampTerms>

/** Over the REST API, as the edge has to. Throws Problems: rate_stale, rate_missing, price_off_market, rates_unavailable. */
export const readTermsOverRest: ReadTerms = ({ asset, currency, sourceAmountMinor, usdc, offer }) =>
  callRates(
    'onramp_terms',
    {
      p_asset: asset,
      p_currency: currency,
      p_source_amount_minor: String(sourceAmountMinor),
      p_usdc: String(usdc),
      p_delivery: offer.delivery,
      p_fee_basis_points: offer.feeBasisPoints,
    },
    OnrampTerms,
  )

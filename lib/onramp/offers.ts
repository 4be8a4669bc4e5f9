import { env } from '#lib/env.ts'
import { Problem } from '#lib/http/problem.ts'
import type { Asset, Network } from '#lib/money/assets.ts'
import { type TreasuryTerms, treasuryTerms } from '#lib/onramp/treasury-terms.ts'
import { findToken } from '#lib/rails/chain/tokens.ts'
import { parseStripeNetworks, type StripeNetwork } from '#lib/rails/stripe/networks.ts'

/** One thing that can be bought here, and how it gets to the buyer. */
export type Offer = {
  asset: Asset
  network: Network
  /** stripe: Stripe pays the buyer's wallet. treasury: Stripe pays the treasury, which then pays the buyer. */
  delivery: 'stripe' | 'treasury'
  feeBasisPoints: number
  /** Where Stripe delivers USDC for it, in our words and in Stripe's. */
  settlementNetwork: Network
  stripeNetwork: StripeNetwork
}

/**
 * What this deployment sells: USDC wherever Stripe delivers it, and MUSD on the treasury's network when there is a treasury.
 * The treasury receives USDC on the first network of STRIPE_NETWORKS.
 */
export function onrampOffers(): Offer[] {
  return offersOf(env().STRIPE_NETWORKS, treasuryTerms())
}

/** As `onrampOffers`, for a configuration that is not this process's own. Throws naming a network that nobody knows. */
export function offersOf(mapping: Record<string, string>, own: TreasuryTerms | undefined): Offer[] {
  const stripeNetworks = [...parseStripeNetworks(mapping)]
  const offers: Offer[] = []
  const [settlement] = stripeNetworks
  if (own && settlement) {
    const [settlementNetwork, stripeNetwork] = settlement
    offers.push({
      asset: 'MUSD',
      network: own.network,
      delivery: 'treasury',
      feeBasisPoints: own.feeBasisPoints,
      settlementNetwork,
      stripeNetwork,
    })
  }
  for (const [network, stripeNetwork] of stripeNetworks) {
    if (!findToken('USDC', network)) continue
    offers.push({
      asset: 'USDC',
      network,
      delivery: 'stripe',
      feeBasisPoints: 0,
      settlementNetwork: network,
      stripeNetwork,
    })
  }
  return offers
}

/** The offer for an asset on a network. Refuses a pair that is not sold here and says which are. */
export function requireOffer(asset: Asset, network: Network): Offer {
  const offers = onrampOffers()
  const offer = offers.find((candidate) => candidate.asset === asset && candidate.network === network)
  if (offer) return offer
  const sold = offers.filter((candidate) => candidate.asset === asset).map((candidate) => candidate.network)
  const detail = sold.length > 0 ? `${asset} is sold here on ${sold.join(', ')}.` : `${asset} is not sold here.`
  const field = sold.length > 0 ? 'network' : 'asset'
  throw new Problem(422, 'not_offered', `${asset} on ${network} is not offered`, detail, { field })
}

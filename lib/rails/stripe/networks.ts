import { isNetwork, type Network, networkNames } from '#lib/money/assets.ts'

/** Where Stripe can deliver USDC to an EVM address, by Stripe's own names. */
const stripeNetworks = ['base', 'ethereum', 'polygon', 'avalanche'] as const

export type StripeNetwork = (typeof stripeNetworks)[number]

/**
 * Reads the STRIPE_NETWORKS mapping (our network → Stripe's). Throws naming the entry that either side does not know,
 * so that a misspelt network stops the start and not a payment.
 */
export function parseStripeNetworks(mapping: Record<string, string>): Map<Network, StripeNetwork> {
  return new Map(
    Object.entries(mapping).map(([ours, theirs]) => {
      if (!isNetwork(ours)) throw new Error(`STRIPE_NETWORKS: '${ours}' is none of ${networkNames.join(', ')}`)
      const stripeNetwork = stripeNetworks.find((name) => name === theirs)
      if (stripeNetwork === undefined) {
        throw new Error(`STRIPE_NETWORKS: Stripe delivers USDC on ${stripeNetworks.join(', ')}, not on '${theirs}'`)
      }
      return [ours, stripeNetwork]
    }),
  )
}

/**
 * The key under which Stripe files addresses and quotes of a network. Base is `base` as a network and `base_network` as
 * a key; `wallet_addresses[base]` is refused as parameter_unknown.
 */
export function networkKey(network: StripeNetwork): string {
  return network === 'base' ? 'base_network' : network
}

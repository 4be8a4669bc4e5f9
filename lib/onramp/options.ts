import { env } from '#lib/env.ts'
import { formatAmount } from '#lib/money/amount.ts'
import { currencies, currencyCodes } from '#lib/money/currencies.ts'
import { limits, quoteSeconds } from '#lib/onramp/limits.ts'
import { onrampOffers } from '#lib/onramp/offers.ts'
import { networks } from '#lib/rails/chain/networks.ts'
import { explorerUrl, rpcUrl } from '#lib/rails/chain/rpc.ts'
import { requireToken } from '#lib/rails/chain/tokens.ts'

/** What a checkout needs to know before anything is bought: the pairs on sale, the limits, and the public ids of the providers. */
export function onrampOptions() {
  const { STRIPE_PUBLISHABLE_KEY, WALLETCONNECT_PROJECT_ID, WALLETCONNECT_RELAY_URL } = env()
  return {
    pairs: onrampOffers().map(({ asset, network, delivery }) => {
      const { label, caip2, chainId, nativeCurrency, testnet } = networks[network]
      const token = requireToken(asset, network)
      return {
        asset,
        network,
        label: `${asset} on ${label}`,
        chain: caip2,
        chainId,
        chainName: label,
        nativeCurrency,
        rpcUrl: rpcUrl(network),
        explorerUrl: explorerUrl(network),
        tokenAddress: token.address,
        decimals: token.decimals,
        delivery,
        testnet,
      }
    }),
    currencies: currencyCodes.map((code) => {
      const { decimals } = currencies[code]
      const show = (units: bigint) => formatAmount(units, decimals, { minimumDecimals: decimals })
      return { code, minAmount: show(limits[code].min), maxAmount: show(limits[code].max) }
    }),
    quoteSeconds,
    stripePublishableKey: STRIPE_PUBLISHABLE_KEY ?? null,
    walletConnect: WALLETCONNECT_PROJECT_ID
      ? { projectId: WALLETCONNECT_PROJECT_ID, relayUrl: WALLETCONNECT_RELAY_URL ?? null }
      : null,
  }
}

import { z } from 'zod'
import { env } from '#lib/env.ts'
import { formatAmount } from '#lib/money/amount.ts'
import { assetNames, networkNames } from '#lib/money/assets.ts'
import { currencies, currencyCodes } from '#lib/money/currencies.ts'
import { limits, quoteSeconds } from '#lib/onramp/limits.ts'
import { onrampOffers } from '#lib/onramp/offers.ts'
import { networks } from '#lib/rails/chain/networks.ts'
import { explorerUrl, rpcUrl } from '#lib/rails/chain/rpc.ts'
import { requireToken } from '#lib/rails/chain/tokens.ts'

const Pair = z.object({
  asset: z.enum(assetNames),
  network: z.enum(networkNames),
  label: z.string().meta({ example: 'MUSD on Mezo' }),
  chain: z.string().meta({ description: 'The chain by its CAIP-2 name.', example: 'eip155:31612' }),
  chainId: z.number().int(),
  chainName: z.string(),
  nativeCurrency: z
    .object({ name: z.string(), symbol: z.string(), decimals: z.number().int() })
    .meta({ description: 'What the chain takes for gas. A buyer needs none.' }),
  rpcUrl: z.string().meta({ description: 'A node that a wallet may use.' }),
  explorerUrl: z.string(),
  tokenAddress: z.string().meta({ description: 'The token’s contract. No other token is this asset.' }),
  decimals: z.number().int(),
  delivery: z
    .enum(['stripe', 'treasury'])
    .meta({ description: 'Who sends the last transfer: Stripe, or our treasury.' }),
  testnet: z.boolean().meta({ description: 'Nothing there is worth anything.' }),
})

/** GET /onramp/options */
export const OnrampOptions = z
  .object({
    pairs: z.array(Pair).meta({ description: 'Every asset that is sold here, with the network it is sold on.' }),
    currencies: z
      .array(
        z.object({
          code: z.enum(currencyCodes),
          minAmount: z.string().meta({ description: 'The least that one purchase may convert.', example: '1.00' }),
          maxAmount: z.string().meta({ description: 'The most.', example: '10000.00' }),
        }),
      )
      .meta({ description: 'What a card may be charged in.' }),
    quoteSeconds: z.number().int().meta({ description: 'How long a quote holds.' }),
    stripePublishableKey: z
      .string()
      .nullable()
      .meta({ description: 'For Stripe’s embedded checkout, where it is offered.' }),
    walletConnect: z
      .object({ projectId: z.string(), relayUrl: z.string().nullable() })
      .nullable()
      .meta({ description: 'For connecting a wallet by WalletConnect, where it is offered.' }),
  })
  .meta({ id: 'OnrampOptions' })
export type OnrampOptions = z.infer<typeof OnrampOptions>

/** What a checkout needs to know before anything is bought: the pairs on sale, the limits, and the public ids of the providers. */
export function onrampOptions(): OnrampOptions {
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

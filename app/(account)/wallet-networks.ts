import type { WalletNetwork } from '#components/agents/types.ts'
import type { OwnNetwork } from '#components/wallets/types.ts'
import type { Network } from '#lib/money/assets.ts'
import { networkList, networks } from '#lib/rails/chain/networks.ts'
import { explorerUrl, rpcUrl } from '#lib/rails/chain/rpc.ts'
import { tokens } from '#lib/rails/chain/tokens.ts'
import { circleNetworks } from '#lib/rails/circle/networks.ts'

/** The networks on which agents get wallets here. */
export function agentNetworks(): WalletNetwork[] {
  return [...circleNetworks().keys()].map((network) => {
    const { label, testnet } = networks[network]
    return { network, label, testnet }
  })
}

/** The networks on which a person may name a wallet of their own: first those where their agents pay. */
export function ownNetworks(): OwnNetwork[] {
  const agents = circleNetworks()
  const first = (name: Network) => (agents.has(name) ? 0 : 1)
  return networkList
    .toSorted((one, other) => first(one.name) - first(other.name))
    .map(({ name, label, chainId, nativeCurrency, testnet }) => ({
      network: name,
      name: label,
      chainId,
      nativeCurrency,
      testnet,
      rpcUrl: rpcUrl(name),
      explorerUrl: explorerUrl(name),
    }))
}

/** The contracts of every token, none of which is a wallet. */
export const tokenAddresses: string[] = tokens.map(({ address }) => address)

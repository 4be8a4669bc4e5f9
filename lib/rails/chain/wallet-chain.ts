import type { Network } from '#lib/money/assets.ts'
import { networks } from '#lib/rails/chain/networks.ts'
import { explorerUrl, rpcUrl } from '#lib/rails/chain/rpc.ts'

/** A network as a browser's wallet is told of it. */
export function walletChain(network: Network) {
  const { chainId, label: name, nativeCurrency } = networks[network]
  return { chainId, name, nativeCurrency, rpcUrl: rpcUrl(network), explorerUrl: explorerUrl(network) }
}

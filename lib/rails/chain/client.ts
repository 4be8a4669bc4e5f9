import { createPublicClient, defineChain, http, type PublicClient } from 'viem'
import type { Network } from '#lib/money/assets.ts'
import { networks } from '#lib/rails/chain/networks.ts'
import { rpcUrl } from '#lib/rails/chain/rpc.ts'

/** How long a node may take to answer. Past it the outcome is unclear, never a failure. */
const timeoutMs = 10_000

/**
 * A client of one node. It repeats nothing by itself, since a job decides that, and caches nothing: viem would keep the
 * head of the chain for seconds, and confirmations are counted from heads that were read.
 */
export function createChainClient(network: Network, url: string): PublicClient {
  const { chainId: id, label: name, nativeCurrency } = networks[network]
  const chain = defineChain({ id, name, nativeCurrency, rpcUrls: { default: { http: [url] } } })
  return createPublicClient({ chain, transport: http(url, { timeout: timeoutMs, retryCount: 0 }), cacheTime: 0 })
}

const clients = new Map<Network, PublicClient>()

/** This process's client of the network, made on first use. */
export function publicClient(network: Network): PublicClient {
  const known = clients.get(network)
  if (known) return known
  const made = createChainClient(network, rpcUrl(network))
  clients.set(network, made)
  return made
}

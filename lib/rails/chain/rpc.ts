import { type Environment, env } from '#lib/env.ts'
import type { Network } from '#lib/money/assets.ts'
import { networks, transactionUrl } from '#lib/rails/chain/networks.ts'

/** The variable that overrides the public node of each network. */
export const rpcVariables = {
  mezo: 'RPC_URL_MEZO',
  'mezo-testnet': 'RPC_URL_MEZO_TESTNET',
  base: 'RPC_URL_BASE',
  'base-sepolia': 'RPC_URL_BASE_SEPOLIA',
  ethereum: 'RPC_URL_ETHEREUM',
} as const satisfies Record<Network, keyof Environment>

/** Where this installation reaches the chain: its own nodes if any are configured, else the chain's public one. The first is preferred. */
export function rpcUrls(network: Network): readonly [string, ...string[]] {
  const [first, ...others] = env()[rpcVariables[network]] ?? []
  return first === undefined ? [networks[network].defaultRpcUrl] : [first, ...others]
}

/** The address that browsers are given to read the chain with: the first. */
export function rpcUrl(network: Network): string {
  return rpcUrls(network)[0]
}

/** Where a person can look at the chain. Only the local world's chain has an explorer of its own. */
export function explorerUrl(network: Network): string {
  return (network === 'mezo-testnet' ? env().EXPLORER_URL_MEZO_TESTNET : undefined) ?? networks[network].explorerUrl
}

/** The page that shows a transaction. */
export function explorerTransactionUrl(network: Network, hash: string): string {
  return transactionUrl(explorerUrl(network), hash)
}

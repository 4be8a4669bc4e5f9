import type { Network } from '#lib/money/assets.ts'

const names: Record<Network, string> = {
  mezo: 'Mezo',
  'mezo-testnet': 'Mezo testnet',
  base: 'Base',
  'base-sepolia': 'Base Sepolia',
  ethereum: 'Ethereum',
}

/** What people call a network. */
export function networkName(network: Network): string {
  return names[network]
}

/** What a network takes its fees in. */
export function networkCoin(network: Network): string {
  return network === 'mezo' || network === 'mezo-testnet' ? 'BTC' : 'ETH'
}

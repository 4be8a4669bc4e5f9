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

import type { Network } from '#lib/money/assets.ts'

/** A network on which an agent's wallet can be made. */
export type WalletNetwork = { network: Network; label: string; testnet: boolean }

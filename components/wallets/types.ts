import type { WalletChain } from '#components/wallet/types.ts'
import type { Network } from '#lib/money/assets.ts'

/** A network on which a person may name a wallet of their own. */
export type OwnNetwork = WalletChain & { network: Network; testnet: boolean }

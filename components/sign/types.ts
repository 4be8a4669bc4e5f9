import type { WalletChain } from '#components/wallet/types.ts'

/** A token's transfer that a browser wallet is to sign, exactly. */
export type TransferRequest = {
  chain: WalletChain
  asset: string
  /** The token's contract. */
  token: string
  to: string
  /** What is paid, as a decimal text, and the same in the token's base units. */
  amount: string
  units: string
  /** The only wallet that may sign it; without one, any may. */
  from?: string
  /** Stands behind the call and names what it pays. */
  reference?: `0x${string}`
}

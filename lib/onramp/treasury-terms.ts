import { env } from '#lib/env.ts'
import type { Network } from '#lib/money/assets.ts'

export type TreasuryTerms = { network: Network; feeBasisPoints: number }

/**
 * What is known of the treasury without its key, or undefined where an operator has configured none: then MUSD is not
 * offered. Apart from the key's file, as quotes are made at the edge, where no signer runs.
 */
export function treasuryTerms(): TreasuryTerms | undefined {
  const { TREASURY_NETWORK: network, TREASURY_FEE_BPS: feeBasisPoints } = env()
  return network && { network, feeBasisPoints }
}

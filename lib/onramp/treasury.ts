import type { Address } from 'viem'
import { env } from '#lib/env.ts'
import type { Network } from '#lib/money/assets.ts'
import { localSigner, type Signer } from '#lib/rails/chain/signer.ts'

export type Treasury = { network: Network; address: Address; signer: Signer; feeBasisPoints: number }

let made: Treasury | undefined

/** The treasury that sends MUSD, or undefined where an operator has configured none: then MUSD is not offered. */
export function treasury(): Treasury | undefined {
  const { TREASURY_NETWORK, TREASURY_PRIVATE_KEY, TREASURY_FEE_BPS } = env()
  if (!TREASURY_NETWORK || !TREASURY_PRIVATE_KEY) return undefined
  if (!made) {
    const signer = localSigner(TREASURY_PRIVATE_KEY as `0x${string}`)
    made = { network: TREASURY_NETWORK, address: signer.address, signer, feeBasisPoints: TREASURY_FEE_BPS }
  }
  return made
}

/** The treasury, where a task cannot go on without it. */
export function requireTreasury(): Treasury {
  const configured = treasury()
  if (!configured) throw new Error('No treasury is configured: set TREASURY_NETWORK and TREASURY_PRIVATE_KEY.')
  return configured
}

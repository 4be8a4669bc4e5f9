import { type Address, type Hex, isAddressEqual } from 'viem'
import { errorText, log } from '#lib/log.ts'
import type { Asset, Network } from '#lib/money/assets.ts'
import { networks } from '#lib/rails/chain/networks.ts'
import { observeTransfer } from '#lib/rails/chain/observe.ts'
import { requireToken } from '#lib/rails/chain/tokens.ts'
import type { Verification } from '#lib/receipts/schema.ts'

/** The transfer that a receipt states, in base units. Whom it comes from is compared where that is part of what is proved. */
export type Stated = {
  receiptId: string
  network: Network
  asset: Asset
  hash: string
  from?: string
  to: string
  units: bigint
  required: number
}

/** Reads the stated transfer on chain, now: its Transfer log of the pinned token, with this amount, between these addresses, deep enough. */
export async function verify(stated: Stated): Promise<Verification> {
  const { receiptId, network, asset, from, units, required } = stated
  const checkedAt = new Date().toISOString()
  try {
    // Cast: what the database keeps as a hash and an address was one when it was stored.
    const seen = await observeTransfer({ network, asset, hash: stated.hash as Hex, to: stated.to as Address })
    return {
      verified:
        seen.state === 'included' &&
        seen.amount === units &&
        (from === undefined || isAddressEqual(seen.from, from as Address)) &&
        seen.confirmations >= required,
      method: `The Transfer log of the ${asset} contract ${requireToken(asset, network).address} was read on ${networks[network].label}.`,
      blockNumber: 'blockNumber' in seen ? String(seen.blockNumber) : null,
      confirmations: seen.confirmations,
      checkedAt,
    }
  } catch (error) {
    log.warn('a receipt could not be checked on chain', { receiptId, network, error: errorText(error) })
    // The receipt stands without it; the page says that the chain could not be asked just now.
    return {
      verified: false,
      method: `${networks[network].label} could not be read just now. What is shown was verified when the receipt was issued.`,
      blockNumber: null,
      confirmations: 0,
      checkedAt,
    }
  }
}

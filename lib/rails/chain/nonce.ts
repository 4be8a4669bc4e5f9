import type { Address } from 'viem'
import type { Network } from '#lib/money/assets.ts'
import { publicClient } from '#lib/rails/chain/client.ts'

/**
 * The nonce after every transaction of the address that this node has seen, mined or waiting. Another node may have
 * seen more, so this is the lower bound of what our own table allocates under its lock, never the allocation itself.
 */
export async function pendingNonce({ network, address }: { network: Network; address: Address }): Promise<number> {
  return await publicClient(network).getTransactionCount({ address, blockTag: 'pending' })
}

import { type Hex, TransactionNotFoundError } from 'viem'
import type { Network } from '#lib/money/assets.ts'
import { publicClient } from '#lib/rails/chain/client.ts'

/** Whether the network's node has the transaction, mined or waiting. Throws when it cannot be asked. */
export async function transactionIsKnown(network: Network, hash: Hex): Promise<boolean> {
  try {
    await publicClient(network).getTransaction({ hash })
    return true
  } catch (error) {
    if (error instanceof TransactionNotFoundError) return false
    throw error
  }
}

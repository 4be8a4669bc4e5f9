import { type Hex, type PublicClient, TransactionNotFoundError } from 'viem'

/** Whether the node has the transaction, mined or waiting. Throws when it cannot be asked. */
export async function transactionIsKnown(client: PublicClient, hash: Hex): Promise<boolean> {
  try {
    await client.getTransaction({ hash })
    return true
  } catch (error) {
    if (error instanceof TransactionNotFoundError) return false
    throw error
  }
}

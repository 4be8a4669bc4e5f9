import {
  BlockNotFoundError,
  type Hex,
  type PublicClient,
  type TransactionReceipt,
  TransactionReceiptNotFoundError,
} from 'viem'
import { transactionIsKnown } from '#lib/rails/chain/transaction-known.ts'

/** Where in the chain something is, and how deep. */
export type Seen = { blockNumber: bigint; blockHash: Hex; confirmations: number; headNumber: bigint }

export type NotIncluded =
  /** The node has not heard of the transaction. It may never have been sent, or a reorganisation took it away. */
  | { state: 'absent'; confirmations: 0 }
  /** It waits for a block, or its block is not, or not yet, part of the chain as this node sees it. */
  | { state: 'pending'; confirmations: 0 }

export type Inclusion = NotIncluded | ({ state: 'mined'; receipt: TransactionReceipt } & Seen)

/**
 * Whether the chain has the transaction, as one node sees it. The block of the receipt is read again by its number, and only
 * if it has the same hash does it count, so a confirmation is undone by a reorganisation at the next look.
 */
export async function findInclusion(client: PublicClient, hash: Hex): Promise<Inclusion> {
  const receipt = await readReceipt(client, hash)
  if (receipt === undefined) {
    return { state: (await transactionIsKnown(client, hash)) ? 'pending' : 'absent', confirmations: 0 }
  }
  const { blockNumber, blockHash } = receipt
  // The head first and the block last: what happens to the chain in between can then only lower what is counted.
  const headNumber = await client.getBlockNumber()
  const canonical = headNumber >= blockNumber && (await readBlockHash(client, blockNumber)) === blockHash
  if (!canonical) return { state: 'pending', confirmations: 0 }
  return { state: 'mined', receipt, blockNumber, blockHash, confirmations: depth(headNumber, blockNumber), headNumber }
}

/** How many blocks confirm one that is at that number, itself included. */
export function depth(headNumber: bigint, blockNumber: bigint): number {
  return Number(headNumber - blockNumber) + 1
}

async function readReceipt(client: PublicClient, hash: Hex): Promise<TransactionReceipt | undefined> {
  try {
    return await client.getTransactionReceipt({ hash })
  } catch (error) {
    if (error instanceof TransactionReceiptNotFoundError) return undefined
    throw error
  }
}

async function readBlockHash(client: PublicClient, blockNumber: bigint): Promise<Hex | undefined> {
  try {
    return (await client.getBlock({ blockNumber })).hash
  } catch (error) {
    if (error instanceof BlockNotFoundError) return undefined
    throw error
  }
}

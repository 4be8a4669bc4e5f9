import {
  type Address,
  BlockNotFoundError,
  type Hex,
  isAddressEqual,
  parseAbi,
  parseEventLogs,
  type TransactionReceipt,
  TransactionReceiptNotFoundError,
} from 'viem'
import type { Asset, Network } from '#lib/money/assets.ts'
import { publicClient } from '#lib/rails/chain/client.ts'
import { requireToken } from '#lib/rails/chain/tokens.ts'
import { transactionIsKnown } from '#lib/rails/chain/transaction-known.ts'

type Seen = { blockNumber: bigint; blockHash: Hex; confirmations: number; headNumber: bigint }

export type Observation =
  /** The node has not heard of the transaction. It may never have been sent, or a reorganisation took it away. */
  | { state: 'absent'; confirmations: 0 }
  /** It waits for a block, or its block is not, or not yet, part of the chain as this node sees it. */
  | { state: 'pending'; confirmations: 0 }
  /** A canonical block has it, with exactly one transfer of the token to the recipient. */
  | ({ state: 'included'; amount: bigint; from: Address; logIndex: number } & Seen)
  /** A canonical block has it, and it failed: nothing moved. */
  | ({ state: 'reverted' } & Seen)
  /** It succeeded, but it does not hold exactly one transfer of the token to the recipient. */
  | ({ state: 'mismatch'; transfers: number } & Seen)

const transferEvent = parseAbi(['event Transfer(address indexed from, address indexed to, uint256 value)'])

/**
 * Reads what a transaction did for the recipient, from the chain alone: the Transfer log of the pinned contract, in that
 * transaction's receipt, to that address. The block of the receipt is read again by its number, and only if it has the
 * same hash does it count, so a confirmation is undone by a reorganisation at the next look.
 *
 * Several matching logs are a mismatch and not a sum: which of them answers which purchase, only a person can tell.
 * The caller compares amount, sender and confirmations; nothing is decided here.
 */
export async function observeTransfer(query: {
  network: Network
  asset: Asset
  hash: Hex
  to: Address
}): Promise<Observation> {
  const { network, asset, hash, to } = query
  const receipt = await readReceipt(network, hash)
  if (receipt === undefined) {
    return { state: (await transactionIsKnown(network, hash)) ? 'pending' : 'absent', confirmations: 0 }
  }
  const seen = await place(network, receipt)
  if (seen === undefined) return { state: 'pending', confirmations: 0 }
  if (receipt.status === 'reverted') return { state: 'reverted', ...seen }

  const token = requireToken(asset, network)
  const logs = parseEventLogs({ abi: transferEvent, logs: receipt.logs, args: { to } }).filter(
    (log) => isAddressEqual(log.address, token.address) && log.transactionHash === hash,
  )
  const [log] = logs
  if (log === undefined || logs.length > 1) return { state: 'mismatch', transfers: logs.length, ...seen }
  return { state: 'included', amount: log.args.value, from: log.args.from, logIndex: log.logIndex, ...seen }
}

async function readReceipt(network: Network, hash: Hex): Promise<TransactionReceipt | undefined> {
  try {
    return await publicClient(network).getTransactionReceipt({ hash })
  } catch (error) {
    if (error instanceof TransactionReceiptNotFoundError) return undefined
    throw error
  }
}

/** Where in the canonical chain the receipt is, or undefined if it is not part of it. */
async function place(network: Network, receipt: TransactionReceipt): Promise<Seen | undefined> {
  const client = publicClient(network)
  const { blockNumber, blockHash } = receipt
  // The head first and the block last: what happens to the chain in between can then only lower what is counted.
  const headNumber = await client.getBlockNumber()
  if (headNumber < blockNumber) return undefined
  if ((await readBlockHash(network, blockNumber)) !== blockHash) return undefined
  return { blockNumber, blockHash, confirmations: Number(headNumber - blockNumber) + 1, headNumber }
}

async function readBlockHash(network: Network, blockNumber: bigint): Promise<Hex | undefined> {
  try {
    return (await publicClient(network).getBlock({ blockNumber })).hash
  } catch (error) {
    if (error instanceof BlockNotFoundError) return undefined
    throw error
  }
}

import { type Address, type Hex, isAddressEqual, type PublicClient, parseAbi, parseEventLogs } from 'viem'
import type { Asset, Network } from '#lib/money/assets.ts'
import { freshestClient } from '#lib/rails/chain/client.ts'
import { findInclusion, type NotIncluded, type Seen } from '#lib/rails/chain/inclusion.ts'
import { requireToken } from '#lib/rails/chain/tokens.ts'

export type Observation =
  | NotIncluded
  /** A canonical block has it, with exactly one transfer of the token to the recipient. */
  | ({ state: 'included'; amount: bigint; from: Address; logIndex: number } & Seen)
  /** A canonical block has it, and it failed: nothing moved. */
  | ({ state: 'reverted' } & Seen)
  /** It succeeded, but it does not hold exactly one transfer of the token to the recipient. */
  | ({ state: 'mismatch'; transfers: number } & Seen)

const transferEvent = parseAbi(['event Transfer(address indexed from, address indexed to, uint256 value)'])

/**
 * Reads what a transaction did for the recipient, from the chain alone: the Transfer log of the pinned contract, in that
 * transaction's receipt, to that address. All of it is read from one node, the freshest unless one is given.
 *
 * Several matching logs are a mismatch and not a sum: which of them answers which purchase, only a person can tell.
 * The caller compares amount, sender and confirmations; nothing is decided here.
 */
export async function observeTransfer(
  query: { network: Network; asset: Asset; hash: Hex; to: Address },
  client?: PublicClient,
): Promise<Observation> {
  const { network, asset, hash, to } = query
  const found = await findInclusion(client ?? (await freshestClient(network)), hash)
  if (found.state !== 'mined') return found
  const { receipt, state: _mined, ...seen } = found
  if (receipt.status === 'reverted') return { state: 'reverted', ...seen }

  const token = requireToken(asset, network)
  const logs = parseEventLogs({ abi: transferEvent, logs: receipt.logs, args: { to } }).filter(
    (log) => isAddressEqual(log.address, token.address) && log.transactionHash === hash,
  )
  const [log] = logs
  if (log === undefined || logs.length > 1) return { state: 'mismatch', transfers: logs.length, ...seen }
  return { state: 'included', amount: log.args.value, from: log.args.from, logIndex: log.logIndex, ...seen }
}

import { type Hex, keccak256, parseTransaction, recoverTransactionAddress, type TransactionSerialized } from 'viem'
import type { Network } from '#lib/money/assets.ts'
import { publicClient } from '#lib/rails/chain/client.ts'
import { isAlreadyKnown, outcomeOf, type Refusal, refusalOf } from '#lib/rails/chain/errors.ts'
import { networks } from '#lib/rails/chain/networks.ts'
import { transactionIsKnown } from '#lib/rails/chain/transaction-known.ts'

export type Broadcast =
  /** The node took the bytes just now. */
  | { outcome: 'accepted' }
  /** The chain or the node's pool has them already. */
  | { outcome: 'known' }
  /** The node read the bytes and will not take them as things stand. */
  | { outcome: 'refused'; reason: Refusal }
  /** Nobody can tell: broadcast the same bytes again later. That is always safe. */
  | { outcome: 'unclear'; reason: 'node_unavailable' | 'no_clear_answer' | 'nonce_not_final' }

/**
 * Sends signed bytes to the network, and tells what is certain. It may be called again with the same bytes at any time:
 * a chain includes them once.
 *
 * `refused` speaks of this attempt. Bytes that reached any node earlier may still be mined, so a refusal is no reason to
 * sign another transaction for the same purpose, with one exception: `nonce_used` is only ever said once another
 * transaction has taken the nonce for good, as deep as the network's confirmations; then these bytes are dead. A node
 * that cannot be reached is `unclear` here, although it heard nothing, because an earlier attempt may have got through.
 */
export async function broadcast({ network, raw }: { network: Network; raw: Hex }): Promise<Broadcast> {
  const hash = keccak256(raw)
  try {
    const answered = await publicClient(network).sendRawTransaction({ serializedTransaction: raw })
    return answered === hash ? { outcome: 'accepted' } : { outcome: 'unclear', reason: 'no_clear_answer' }
  } catch (error) {
    if (isAlreadyKnown(error)) return { outcome: 'known' }
    if (outcomeOf(error) === 'unavailable') return { outcome: 'unclear', reason: 'node_unavailable' }
    const reason = refusalOf(error)
    if (reason === undefined) return { outcome: 'unclear', reason: 'no_clear_answer' }
    return await confirmRefusal(network, raw, hash, reason)
  }
}

/** A node also refuses bytes that it has mined already ("nonce too low"), so it is asked for the hash before it is believed. */
async function confirmRefusal(network: Network, raw: Hex, hash: Hex, reason: Refusal): Promise<Broadcast> {
  try {
    // The count first: a transaction of ours that is mined between the two questions is then found by the second.
    const final = reason !== 'nonce_used' || (await nonceIsGone(network, raw))
    if (await transactionIsKnown(network, hash)) return { outcome: 'known' }
    return final ? { outcome: 'refused', reason } : { outcome: 'unclear', reason: 'nonce_not_final' }
  } catch {
    // Whatever went wrong with asking, the answer is the same: it could not be made certain.
    return { outcome: 'unclear', reason: 'no_clear_answer' }
  }
}

/**
 * Whether the nonce was taken so deep in the chain that it stays taken. A shallow look is not enough: behind one address
 * may be several nodes, of which one has our transaction mined and the next has not heard of it.
 */
async function nonceIsGone(network: Network, raw: Hex): Promise<boolean> {
  const client = publicClient(network)
  // Cast: whoever signed it made a typed transaction; anything else throws in parsing.
  const serializedTransaction = raw as TransactionSerialized
  const { nonce } = parseTransaction(serializedTransaction)
  const address = await recoverTransactionAddress({ serializedTransaction })
  const depth = (await client.getBlockNumber()) - BigInt(networks[network].confirmations)
  if (depth < 0n || nonce === undefined) return false
  return (await client.getTransactionCount({ address, blockNumber: depth })) > nonce
}

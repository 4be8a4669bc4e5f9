import { type Hex, keccak256, type PublicClient } from 'viem'
import type { Network } from '#lib/money/assets.ts'
import { nodeClients } from '#lib/rails/chain/client.ts'
import { isAlreadyKnown, outcomeOf, type Refusal, refusalOf } from '#lib/rails/chain/errors.ts'
import { findTaken } from '#lib/rails/chain/nonce-taken.ts'
import { readSigned } from '#lib/rails/chain/read-signed.ts'
import { transactionIsKnown } from '#lib/rails/chain/transaction-known.ts'

export type Broadcast =
  /** A node took the bytes just now. */
  | { outcome: 'accepted' }
  /** The chain or a node's pool has them already. */
  | { outcome: 'known' }
  /** Every node that could be reached read the bytes and will not take them as things stand. */
  | { outcome: 'refused'; reason: Refusal }
  /** Nobody can tell: broadcast the same bytes again later. That is always safe. */
  | { outcome: 'unclear'; reason: 'node_unavailable' | 'no_clear_answer' | 'nonce_not_final' }

/**
 * Sends signed bytes to every node of the network at once, each of them exactly once, and tells what is certain. It may be
 * called again with the same bytes at any time: a chain includes them once.
 *
 * `refused` speaks of this attempt. Bytes that reached any node earlier may still be mined, so a refusal is no reason to
 * sign another transaction for the same purpose, with one exception: `nonce_used` is only ever said once another
 * transaction was found that has the nonce for good, as deep as the network's confirmations; then these bytes are dead. (The
 * other one may be an earlier signature for the same purpose: whoever signed twice has to know.) A node that cannot be
 * reached is `unclear` here, although it heard nothing, because an earlier attempt may have got through.
 */
export async function broadcast({ network, raw }: { network: Network; raw: Hex }): Promise<Broadcast> {
  return clearest(await Promise.all(nodeClients(network).map((node) => offer(node, network, raw))))
}

/** One node that took the bytes is enough; one that may have taken them outweighs any number that refused. */
function clearest(answers: Broadcast[]): Broadcast {
  const said = (test: (answer: Broadcast) => boolean): Broadcast | undefined => answers.find(test)
  return (
    said(({ outcome }) => outcome === 'accepted') ??
    said(({ outcome }) => outcome === 'known') ??
    said((answer) => answer.outcome === 'unclear' && answer.reason !== 'node_unavailable') ??
    said(({ outcome }) => outcome === 'refused') ?? { outcome: 'unclear', reason: 'node_unavailable' }
  )
}

async function offer(node: PublicClient, network: Network, raw: Hex): Promise<Broadcast> {
  const hash = keccak256(raw)
  try {
    const answered = await node.sendRawTransaction({ serializedTransaction: raw })
    return answered === hash ? { outcome: 'accepted' } : { outcome: 'unclear', reason: 'no_clear_answer' }
  } catch (error) {
    if (isAlreadyKnown(error)) return { outcome: 'known' }
    if (outcomeOf(error) === 'unavailable') return { outcome: 'unclear', reason: 'node_unavailable' }
    const reason = refusalOf(error)
    if (reason === undefined) return { outcome: 'unclear', reason: 'no_clear_answer' }
    return await confirmRefusal(node, network, raw, reason)
  }
}

/** A node also refuses bytes that it has mined already ("nonce too low"), so it is asked for the hash before it is believed. */
async function confirmRefusal(node: PublicClient, network: Network, raw: Hex, reason: Refusal): Promise<Broadcast> {
  const hash = keccak256(raw)
  try {
    if (await transactionIsKnown(node, hash)) return { outcome: 'known' }
    if (reason !== 'nonce_used') return { outcome: 'refused', reason }
    const { from, nonce } = await readSigned(raw)
    const taken = await findTaken(node, { network, address: from, nonce })
    if (taken?.hash === hash) return { outcome: 'known' }
    return taken ? { outcome: 'refused', reason } : { outcome: 'unclear', reason: 'nonce_not_final' }
  } catch {
    // Whatever went wrong with asking, the answer is the same: it could not be made certain.
    return { outcome: 'unclear', reason: 'no_clear_answer' }
  }
}

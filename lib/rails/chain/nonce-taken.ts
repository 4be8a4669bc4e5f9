import { type Address, type Hex, isAddressEqual, type PublicClient } from 'viem'
import type { Network } from '#lib/money/assets.ts'
import { depth, type Seen } from '#lib/rails/chain/inclusion.ts'
import { networks } from '#lib/rails/chain/networks.ts'

/** The transaction that took a nonce, and the block that has it. */
export type Taken = { hash: Hex } & Seen

/**
 * Finds the transaction that took a nonce of the address for good: mined, and deeper than the network's confirmations.
 * Undefined while there is none, or none that this node can show.
 *
 * It is found, not concluded. That our own transaction is missing proves nothing, as behind one address may be several nodes,
 * of which one counts our transaction and the next has not heard of it. So the block in which the count passed the nonce is
 * looked for, and the transaction read out of it.
 */
export async function findTaken(
  client: PublicClient,
  { network, address, nonce }: { network: Network; address: Address; nonce: number },
): Promise<Taken | undefined> {
  const headNumber = await client.getBlockNumber()
  const passed = async (blockNumber: bigint): Promise<boolean> =>
    blockNumber >= 0n && (await client.getTransactionCount({ address, blockNumber })) > nonce

  let after = headNumber - BigInt(networks[network].confirmations)
  if (!(await passed(after))) return undefined
  // Backwards in growing steps, since it is a recent block most of the time and old states are not kept everywhere.
  let before = after - 1n
  for (let step = 1n; await passed(before); step *= 2n) {
    after = before
    before = after - step < -1n ? -1n : after - step
  }
  while (after - before > 1n) {
    const middle = (after + before) / 2n
    if (await passed(middle)) after = middle
    else before = middle
  }
  const block = await client.getBlock({ blockNumber: after, includeTransactions: true })
  const found = block.transactions.find((one) => isAddressEqual(one.from, address) && one.nonce === nonce)
  if (!found) return undefined
  const confirmations = depth(headNumber, after)
  return { hash: found.hash, blockNumber: after, blockHash: block.hash, confirmations, headNumber }
}

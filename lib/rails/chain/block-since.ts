import type { PublicClient } from 'viem'

/** The number of the first block that was made at the time or later; the one after the head when none was yet. */
export async function blockSince(client: PublicClient, time: Date): Promise<bigint> {
  const seconds = BigInt(Math.floor(time.getTime() / 1000))
  const isBefore = async (blockNumber: bigint): Promise<boolean> =>
    (await client.getBlock({ blockNumber })).timestamp < seconds
  const head = await client.getBlockNumber()
  if (await isBefore(head)) return head + 1n
  // Backwards in growing steps, since it is a recent block most of the time.
  let after = head
  let before = -1n
  for (let step = 1n; after - step >= 0n; step *= 2n) {
    const back = after - step
    if (await isBefore(back)) {
      before = back
      break
    }
    after = back
  }
  while (after - before > 1n) {
    const middle = (after + before) / 2n
    if (await isBefore(middle)) before = middle
    else after = middle
  }
  return after
}

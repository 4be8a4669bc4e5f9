import { renameSync, writeFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

export type StateKeeper = {
  /** Saves for the last time. */
  stop: () => Promise<void>
}

type Block = { number: `0x${string}`; transactions: string[] }

const lookMs = 1_000
/** Empty blocks are saved once there are this many, blocks with a transaction at once. */
const emptyBlocks = 60
/** After this long without a transaction blocks come more slowly, or a demo left alone would fill memory and disk. */
const idleMs = 10 * 60_000
const idleBlockSeconds = 15

/**
 * Writes the node's chain to a file whenever a transaction was included, by renaming a whole file into place. The node's
 * own option writes into the file it reads, so that a kill in the wrong moment leaves half a chain.
 * A paced node makes a block a second while it is used and one every fifteen seconds while it is not.
 */
export function keepState({ rpcUrl, file, paced }: { rpcUrl: string; file: string; paced: boolean }): StateKeeper {
  let saved = -1
  let read = -1
  let lastUse = Date.now()
  let slow = false

  async function save(head: number): Promise<void> {
    const dump = await call<`0x${string}`>(rpcUrl, 'anvil_dumpState')
    const draft = `${file}.next`
    writeFileSync(draft, gunzipSync(Buffer.from(dump.slice(2), 'hex')))
    renameSync(draft, file)
    saved = head
  }

  async function pace(): Promise<void> {
    const { pending } = await call<{ pending: `0x${string}` }>(rpcUrl, 'txpool_status')
    if (Number(pending) > 0) lastUse = Date.now()
    const idle = Date.now() - lastUse > idleMs
    if (idle === slow) return
    await call(rpcUrl, 'evm_setIntervalMining', [idle ? idleBlockSeconds : 1])
    slow = idle
  }

  async function look(): Promise<void> {
    const head = Number(await call<`0x${string}`>(rpcUrl, 'eth_blockNumber'))
    let used = false
    // A reorganisation leaves the head lower than what was read, so the head itself is always looked at.
    for (let number = Math.min(read + 1, head); number <= head && !used; number += 1) {
      const block = await call<Block>(rpcUrl, 'eth_getBlockByNumber', [`0x${number.toString(16)}`, false])
      used = block.transactions.length > 0 && number !== saved
    }
    read = head
    if (used) lastUse = Date.now()
    if (used || head - saved >= emptyBlocks) await save(head)
    if (paced) await pace()
  }

  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let looking = Promise.resolve()
  const lookAgain = (): void => {
    timer = setTimeout(() => {
      // A look that fails is followed by the next; a node that is gone ends this process.
      looking = look()
        .catch(() => undefined)
        .then(() => (stopped ? undefined : lookAgain()))
    }, lookMs)
  }
  lookAgain()

  return {
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await looking
      await save(read)
    },
  }
}

async function call<Result>(rpcUrl: string, method: string, params: unknown[] = []): Promise<Result> {
  const response = await fetch(rpcUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    signal: AbortSignal.timeout(15_000),
  })
  const { result, error } = (await response.json()) as { result: Result; error?: { message: string } }
  if (error !== undefined) throw new Error(error.message)
  return result
}

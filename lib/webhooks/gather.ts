import { AsyncLocalStorage } from 'node:async_hooks'

type Limit = { items: number; size: number }

type Options<Item, Outcome> = {
  /** Does the work for several at once. Its outcomes are in the order of the items. */
  work: (items: Item[]) => Promise<Outcome[]>
  /** How many pieces of work are under way at the same time. */
  atOnce: number
  /** The most of one piece of work, and the most that waits for one: in items, and in what `sizeOf` counts. */
  batch: Limit
  waiting: Limit
  sizeOf: (item: Item) => number
  /** Items with the same key are never in the same piece of work: they follow each other. */
  keyOf: (item: Item) => string
  /** Whether the work may have failed of one item alone. Then each is tried by itself, and fails by itself. */
  mayBeOneOf: (error: unknown) => boolean
  /** What is thrown at an item for which there is no room. */
  full: () => Error
}

type Waiting<Item, Outcome> = {
  item: Item
  size: number
  key: string
  /** Goes back to where the item came from: to its request's log lines and trace. */
  from: <Result>(run: () => Result) => Result
  resolve: (outcome: Outcome) => void
  reject: (error: unknown) => void
}

/**
 * Gathers what is asked for at the same time into one piece of work. Nothing waits for company: whoever comes while there is
 * room begins in the same turn of the event loop, and those who come meanwhile go together as soon as there is room again.
 */
export function gather<Item, Outcome>(options: Options<Item, Outcome>): (item: Item) => Promise<Outcome> {
  const { work, atOnce, batch, waiting, sizeOf, keyOf, mayBeOneOf, full } = options
  const queue: Waiting<Item, Outcome>[] = []
  let queuedSize = 0
  let running = 0
  let isDue = false

  /** From the head of the queue as many as go together, and one at the least. */
  function take(): Waiting<Item, Outcome>[] {
    const keys = new Set<string>()
    let size = 0
    for (const next of queue) {
      if (keys.size > 0 && (keys.size === batch.items || size + next.size > batch.size || keys.has(next.key))) break
      keys.add(next.key)
      size += next.size
    }
    queuedSize -= size
    return queue.splice(0, keys.size)
  }

  async function settle(taken: Waiting<Item, Outcome>[]): Promise<void> {
    try {
      const outcomes = await taken[0]?.from(() => work(taken.map(({ item }) => item)))
      for (const [index, { resolve, reject }] of taken.entries()) {
        const outcome = outcomes?.[index]
        if (outcome === undefined) reject(new Error('The work has no outcome for this item.'))
        else resolve(outcome)
      }
    } catch (error) {
      if (taken.length > 1 && mayBeOneOf(error)) for (const one of taken) await settle([one])
      else for (const { reject } of taken) reject(error)
    }
  }

  function begin(): void {
    isDue = false
    while (running < atOnce && queue.length > 0) {
      running += 1
      void settle(take()).finally(() => {
        running -= 1
        begin()
      })
    }
  }

  return (item) =>
    new Promise((resolve, reject) => {
      const size = sizeOf(item)
      if (queue.length >= waiting.items || queuedSize + size > waiting.size) throw full()
      queue.push({ item, size, key: keyOf(item), from: AsyncLocalStorage.snapshot(), resolve, reject })
      queuedSize += size
      // At the end of this turn, so that whatever arrived in the same one goes along.
      if (!isDue && running < atOnce) {
        isDue = true
        setImmediate(begin)
      }
    })
}

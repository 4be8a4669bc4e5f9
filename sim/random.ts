import { createHash } from 'node:crypto'

export type Random = {
  /** A whole number from 0 to n - 1. */
  below: (n: number) => number
  /** A whole number within both bounds. */
  between: (least: number, most: number) => number
  /** True so often, 0 to 1. */
  chance: (probability: number) => boolean
  pick: <Item>(items: readonly Item[]) => Item
  bytes: (count: number) => Buffer
  /** A source of its own, so that what draws from it disturbs nobody else. */
  fork: (name: string) => Random
}

/** Everything that a run decides comes from one of these: SHA-256 over the seed and a counter. */
export function createRandom(seed: string): Random {
  let counter = 0
  let pool = Buffer.alloc(0)

  const bytes = (count: number): Buffer => {
    while (pool.length < count) {
      pool = Buffer.concat([pool, createHash('sha256').update(`${seed}/${counter}`).digest()])
      counter += 1
    }
    const taken = pool.subarray(0, count)
    pool = pool.subarray(count)
    return Buffer.from(taken)
  }
  const unit = (): number => bytes(4).readUInt32BE() / 2 ** 32
  const below = (n: number): number => Math.floor(unit() * n)
  return {
    below,
    between: (least, most) => least + below(most - least + 1),
    chance: (probability) => unit() < probability,
    pick: (items) => {
      const item = items[below(items.length)]
      if (item === undefined) throw new Error('There is nothing to pick from.')
      return item
    },
    bytes,
    fork: (name) => createRandom(`${seed}/${name}`),
  }
}

import { createHash } from 'node:crypto'

/** How many hours without a price the last one stands for. A longer gap is a gap. */
const bridgedHours = 3

/** The price at the end of each hour, without a hole in the hours; NaN where no price was near. */
export type Hours = {
  /** The end of the first of them, in hours since 1970. */
  first: number
  prices: Float64Array
  /** The last price as it was written; null where the last hour has none. */
  last: string | null
  /** How many hours have a price. */
  known: number
  /** The most of them that follow each other. */
  longestRun: number
  /** SHA-256 of what they were made of. */
  inputs: string
}

/**
 * The last price of each hour that had one, by the hour's end, as one price for every hour up to `until`: the last at or before its
 * end, if that is near enough. Nothing after an hour's end is ever part of its price.
 */
export function hourly(rows: readonly (readonly [hour: number, price: string])[], until: number): Hours {
  const hash = createHash('sha256')
  for (const [hour, price] of rows) hash.update(`${hour} ${price}\n`)
  const first = rows[0]?.[0] ?? until
  const prices = new Float64Array(until - first + 1).fill(Number.NaN)
  for (const [index, [hour, price]] of rows.entries()) {
    const next = rows[index + 1]?.[0] ?? until + 1
    prices.fill(Number(price), hour - first, Math.min(next, hour + bridgedHours + 1) - first)
  }
  const ends = !Number.isNaN(prices.at(-1) ?? Number.NaN)
  return { first, prices, last: (ends && rows.at(-1)?.[1]) || null, ...counted(prices), inputs: hash.digest('hex') }
}

function counted(prices: Float64Array): Pick<Hours, 'known' | 'longestRun'> {
  let known = 0
  let run = 0
  let longestRun = 0
  for (const price of prices) {
    run = Number.isNaN(price) ? 0 : run + 1
    known += run > 0 ? 1 : 0
    longestRun = Math.max(longestRun, run)
  }
  return { known, longestRun }
}

import { tickAt } from '#sandbox/prices/coins.ts'

const minute = 60_000
const day = 86_400_000

type Series = [moment: number, value: number][]
export type Chart = { prices: Series; market_caps: Series; total_volumes: Series }

/** Points from `from` to `to`, in CoinGecko's steps: five minutes up to a day, an hour up to 90 days, else a day. */
export function chartOf(coin: string, currency: string, from: number, to: number, interval?: string): Chart {
  const step = interval === 'daily' ? day : interval === 'hourly' ? 60 * minute : stepFor(to - from)
  const moments: number[] = []
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) moments.push(at)
  // A chart up to now ends with the price of now.
  if (to > Date.now() - minute && moments.at(-1) !== to) moments.push(to)
  const ticks = moments.map((at) => ({ at, ...tickAt(coin, currency, at) }))
  return {
    prices: ticks.map(({ at, price }) => [at, price]),
    market_caps: ticks.map(({ at, marketCap }) => [at, marketCap]),
    total_volumes: ticks.map(({ at, volume }) => [at, volume]),
  }
}

function stepFor(span: number): number {
  if (span <= day) return 5 * minute
  return span <= 90 * day ? 60 * minute : day
}

import type { Route } from 'next'
import { type Pair, rateAssetCodes, rateCurrencyCodes } from '#lib/rates/pairs.ts'

/** What is shown to somebody who asked for rates and for none in particular. */
export const firstPair: Pair = { base: 'BTC', quote: 'USD' }

/** Every pair there is, asset by asset. */
export const allPairs: Pair[] = rateAssetCodes.flatMap((base) => rateCurrencyCodes.map((quote) => ({ base, quote })))

/** The page of a pair. */
export function ratesPath({ base, quote }: Pair): Route {
  return `/rates/${base}/${quote}` as Route
}

/** The pair that two pieces of an address name, in capitals as they are written; null when there is no such pair. */
export function pairOf(base: string | undefined, quote: string | undefined): Pair | null {
  return allPairs.find((pair) => pair.base === base && pair.quote === quote) ?? null
}

/** The pair that a path under /rates shows. */
export function pairOfPath(path: string): Pair {
  const [, , base, quote] = path.split('/')
  return pairOf(base, quote) ?? firstPair
}

/** The same as the API asks for it. */
export function pairQuery({ base, quote }: Pair): string {
  return `base=${base}&quote=${quote}`
}

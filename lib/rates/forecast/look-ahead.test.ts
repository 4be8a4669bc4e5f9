import { describe, expect, test } from 'vitest'
import { type Judgement, judgements, sayNow } from '#lib/rates/forecast/judge.ts'
import { lookBack } from '#lib/rates/forecast/past.ts'
import { drawnBack, seeded, trending, wandering } from '#lib/rates/forecast/walks.testing.ts'

// A back-test is worth what it did not know. Each past forecast has to be, to the last digit, the one that would have been made then.

const hours = 1400
const horizons = [1, 24, 168]
const series = { wandering: wandering(7, hours), drawnBack: drawnBack(7, hours), trending: trending(7, hours) }

/** With a gap, after which everything begins anew. */
function withGap(prices: readonly number[]): Float64Array {
  return Float64Array.from(prices, (price, hour) => (hour >= 700 && hour < 720 ? Number.NaN : price))
}

const judged = (prices: Float64Array, ahead: number) => [...judgements(lookBack(prices), ahead)]
const saidThen = ({ origin, model, baseline }: Judgement) => ({ origin, model, baseline })

describe.each(Object.entries(series))('the back-test of a price that is %s', (_, walk) => {
  const prices = withGap(walk)

  test.each(horizons)('judges what would have been said with nothing but the past, %i hours ahead', (ahead) => {
    const all = judged(prices, ahead)
    expect(all.length).toBeGreaterThan(500)
    const sampled = all.filter((_one, index) => index % 97 === 0)
    for (const one of sampled) {
      expect(saidThen(one)).toEqual(sayNow(lookBack(prices.slice(0, one.origin + 1)), ahead))
    }
  })

  test.each(horizons)('does not change with another future, %i hours ahead', (ahead) => {
    const random = seeded(11)
    const turn = 1000
    const other = prices.map((price, hour) => (hour > turn ? 0.5 + random() : price))
    const until = (all: Judgement[]) => all.filter(({ origin }) => origin <= turn).map(saidThen)
    const before = until(judged(prices, ahead))
    // The last of them are judged by other prices; what they said is the same.
    expect(before.at(-1)?.origin).toBe(turn)
    expect(until(judged(other, ahead))).toEqual(before)
  })
})

test('a forecast is judged by the price of the hour it was of, and no other', () => {
  const prices = withGap(series.wandering)
  for (const ahead of horizons) {
    for (const { origin, came } of judged(prices, ahead)) {
      expect(came).toBe(Math.log(prices[origin + ahead] ?? Number.NaN))
    }
  }
})

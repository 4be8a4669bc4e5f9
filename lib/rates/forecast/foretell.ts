import { type Backtest, backtest } from '#lib/rates/forecast/backtest.ts'
import { candidates } from '#lib/rates/forecast/candidates.ts'
import { decimal } from '#lib/rates/forecast/decimal.ts'
import type { Hours } from '#lib/rates/forecast/hours.ts'
import { type Said, sayNow } from '#lib/rates/forecast/judge.ts'
import { at, lookBack } from '#lib/rates/forecast/past.ts'
import { horizonHours } from '#lib/rates/forecast/schema.ts'

/** The model and its version: another way of reckoning is another version, so that what was said can be said again. */
export const model = 'reverting_trend_1'

/** Four times the longest horizon: one to be wrong in, the rest to learn by how much. */
export const hoursNeeded = 4 * horizonHours['7d']

/** What a chart draws: every hour at first, then wider apart. */
const path = [1, 2, 3, 4, 6, 8, 12, 18, ...Array.from({ length: 25 }, (_, index) => 24 + 6 * index)]

type Bands = [low80: string, high80: string, low95: string, high95: string]
export type Point = { hours: number; price: string; bands: Bands; baseline: Bands }

export type Foretold =
  | { missingBecause: 'too_few_hours' | 'no_recent_price' }
  | {
      missingBecause: null
      price: string
      level: number
      trend: number
      damping: number
      reversion: number
      points: Point[]
      backtest: Backtest[]
    }

/** What the model says of the hours to come, beside what the last price says, and how good both have been. Nothing in it is left to chance. */
export function foretellHours({ prices, first, last, longestRun }: Hours): Foretold {
  if (longestRun < hoursNeeded) return { missingBecause: 'too_few_hours' }
  if (last === null) return { missingBecause: 'no_recent_price' }
  const past = lookBack(prices)
  const judged = Object.values(horizonHours).map((hours) => backtest(past, hours, first))
  const chosen = candidates[at(past.chosen, prices.length - 1)]
  if (!chosen || judged.includes(null)) throw new Error('a run of enough hours has forecasts to judge')
  return {
    missingBecause: null,
    price: last,
    ...chosen,
    points: path.map((hours) => {
      const now = sayNow(past, hours)
      return {
        hours,
        price: decimal(Math.exp(now.model.value)),
        bands: bandsOf(now.model),
        baseline: bandsOf(now.baseline),
      }
    }),
    backtest: judged.filter((one) => one !== null),
  }
}

function bandsOf({ value, reaches }: Said): Bands {
  const [near = 0, far = 0] = reaches
  const price = (log: number) => decimal(Math.exp(log))
  return [price(value - near), price(value + near), price(value - far), price(value + far)]
}

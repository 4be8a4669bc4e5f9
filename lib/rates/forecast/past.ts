import { candidates, foretell, observed } from '#lib/rates/forecast/candidates.ts'
import { horizonHours } from '#lib/rates/forecast/schema.ts'

/** No past forecast is judged that had fewer hours before it, one after another: what the level and the trend come from. */
const warmUpHours = 48
/** How soon the scale of the moves, and how soon the slow mean, forget the half of what they knew. */
const scaleHalfLife = 48
const meanHalfLife = 240
/** No choice is made of fewer errors than those of two weeks, and none that is not better than the last price by that part. */
const errorsToChooseBy = 336
const margin = 0.03
/** A hundredth of a basis point: a price that stood still for long has no smaller scale. */
const smallestScale = 1e-6

const judgedBy = Object.values(horizonHours)

/**
 * What was known at each hour, of the logarithms of the prices up to it and of nothing later: cutting the future off, or writing
 * another, changes no row of it.
 */
export type Past = {
  logs: Float64Array
  /** How far the price usually moves in an hour, at that time. */
  scale: Float64Array
  mean: Float64Array
  levels: readonly Float64Array[]
  trends: readonly Float64Array[]
  /** Which candidate had been the best so far. */
  chosen: Uint8Array
  /** Whether enough hours went before for a forecast from there to be judged. */
  ready: Uint8Array
}

export const at = (values: ArrayLike<number> | undefined, index: number): number => values?.[index] ?? Number.NaN

/** What a candidate said at an hour of so many hours later, as a logarithm. */
export function said(past: Past, candidate: number, origin: number, hours: number): number {
  const shape = candidates[candidate]
  if (!shape) throw new Error(`there is no candidate ${candidate}`)
  const state = {
    level: at(past.levels[candidate], origin),
    trend: at(past.trends[candidate], origin),
    mean: at(past.mean, origin),
  }
  return foretell(shape, state, hours)
}

/** Goes through the hours once, in their order. */
export function lookBack(prices: Float64Array): Past {
  const logs = prices.map(Math.log)
  const past: Past = {
    logs,
    ...slowly(logs),
    ...tracked(logs),
    chosen: new Uint8Array(logs.length),
  }
  choose(past)
  return past
}

function slowly(logs: Float64Array): Pick<Past, 'scale' | 'mean' | 'ready'> {
  const scale = new Float64Array(logs.length)
  const mean = new Float64Array(logs.length)
  const ready = new Uint8Array(logs.length)
  const moves = { recent: decaying(scaleHalfLife), ever: decaying(Number.POSITIVE_INFINITY) }
  const values = decaying(meanHalfLife)
  let run = 0
  let usual = smallestScale
  for (const [hour, value] of logs.entries()) {
    run = Number.isNaN(value) ? 0 : run + 1
    if (run > 0) mean[hour] = values.add(value)
    if (run > 1) {
      const move = Math.abs(value - at(logs, hour - 1))
      // After weeks without a move, the first is not the largest that there could be.
      usual = Math.max(moves.recent.add(move), moves.ever.add(move) / 4, smallestScale)
    }
    scale[hour] = usual
    ready[hour] = run > warmUpHours ? 1 : 0
  }
  return { scale, mean, ready }
}

function decaying(halfLife: number) {
  const kept = 0.5 ** (1 / halfLife)
  let weight = 0
  let sum = 0
  return {
    add(value: number): number {
      weight = weight * kept + 1
      sum = sum * kept + value
      return sum / weight
    },
  }
}

/** Each candidate's level and trend. After a gap both begin anew. */
function tracked(logs: Float64Array): Pick<Past, 'levels' | 'trends'> {
  const levels = candidates.map(() => new Float64Array(logs.length))
  const trends = candidates.map(() => new Float64Array(logs.length))
  for (const [index, candidate] of candidates.entries()) {
    let state = { level: Number.NaN, trend: 0 }
    for (const [hour, value] of logs.entries()) {
      state = Number.isNaN(state.level) ? { level: value, trend: 0 } : observed(candidate, state, value)
      const [level, trend] = [levels[index], trends[index]]
      if (level && trend) [level[hour], trend[hour]] = [state.level, state.trend]
    }
  }
  return { levels, trends }
}

/** At each hour the candidate whose forecasts had, up to then, the smallest errors; the last price where none is clearly better. */
function choose(past: Past): void {
  const errors = candidates.map(() => judgedBy.map(() => 0))
  const counts = judgedBy.map(() => 0)
  for (let now = 0; now < past.logs.length; now += 1) {
    for (const [index, hours] of judgedBy.entries()) {
      const origin = now - hours
      const came = at(past.logs, now)
      if (at(past.ready, origin) !== 1 || Number.isNaN(came)) continue
      counts[index] = at(counts, index) + 1
      for (const [candidate, sums] of errors.entries()) {
        sums[index] = at(sums, index) + Math.abs(came - said(past, candidate, origin, hours))
      }
    }
    past.chosen[now] = bestOf(errors, counts)
  }
}

function bestOf(errors: readonly number[][], counts: readonly number[]): number {
  const [baseline] = errors
  const judged = counts.flatMap((count, index) => (count >= errorsToChooseBy && at(baseline, index) > 0 ? [index] : []))
  let best = 0
  let smallest = judged.length * (1 - margin)
  for (const [candidate, sums] of errors.entries()) {
    const score = judged.reduce((sum, index) => sum + at(sums, index) / at(baseline, index), 0)
    if (candidate > 0 && score < smallest) [best, smallest] = [candidate, score]
  }
  return best
}

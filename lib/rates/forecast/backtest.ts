import { shares } from '#lib/rates/forecast/bands.ts'
import { decimal, rounded } from '#lib/rates/forecast/decimal.ts'
import { judgements, type Said } from '#lib/rates/forecast/judge.ts'
import type { Past } from '#lib/rates/forecast/past.ts'

/** How good past forecasts of one horizon were, and the last price beside them; as the database keeps it. */
export type Backtest = {
  hours: number
  /** In hours since 1970: the first that was judged, and the last that one was judged by. */
  from: number
  to: number
  origins: number
  independent: number
  error: string
  errorPercent: string
  baselineError: string
  baselineErrorPercent: string
  skill: string | null
  /** In per cent, by the shares of the bands. */
  coverage: string[]
  baselineCoverage: string[]
}

/** Judges every past forecast of so many hours; null where not one could be. */
export function backtest(past: Past, hours: number, first: number): Backtest | null {
  const model = tally()
  const baseline = tally()
  let [from, to, origins] = [Number.NaN, Number.NaN, 0]
  for (const { origin, came, ...judged } of judgements(past, hours)) {
    if (origins === 0) from = origin
    to = origin + hours
    origins += 1
    model.add(judged.model, came)
    baseline.add(judged.baseline, came)
  }
  if (origins === 0) return null
  const [ours, theirs] = [model.after(origins), baseline.after(origins)]
  return {
    hours,
    from: first + from,
    to: first + to,
    origins,
    independent: Math.max(1, Math.floor(origins / hours)),
    error: ours.error,
    errorPercent: ours.errorPercent,
    baselineError: theirs.error,
    baselineErrorPercent: theirs.errorPercent,
    skill: theirs.error === '0' ? null : rounded(1 - model.error() / baseline.error(), 4),
    coverage: ours.coverage,
    baselineCoverage: theirs.coverage,
  }
}

function tally() {
  let [error, part] = [0, 0]
  const within = shares.map(() => 0)
  return {
    error: () => error,
    add({ value, reaches }: Said, came: number): void {
      const [foretold, price] = [Math.exp(value), Math.exp(came)]
      error += Math.abs(foretold - price)
      part += Math.abs(foretold - price) / price
      for (const [band, reach] of reaches.entries()) {
        if (Math.abs(came - value) <= reach) within[band] = (within[band] ?? 0) + 1
      }
    },
    after: (origins: number) => ({
      error: decimal(error / origins),
      errorPercent: decimal((100 * part) / origins),
      coverage: within.map((count) => rounded((100 * count) / origins, 2)),
    }),
  }
}

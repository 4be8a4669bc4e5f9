import { PastErrors, shares } from '#lib/rates/forecast/bands.ts'
import { at, type Past, said } from '#lib/rates/forecast/past.ts'

/** No band is made of fewer errors. */
const errorsForABand = 48

/** What one of the two said at an hour: the logarithm of the price, and how far from it each band reaches. */
export type Said = { value: number; reaches: readonly number[] }
export type Judgement = { origin: number; model: Said; baseline: Said; came: number }

/**
 * Every past forecast of so many hours, with its bands, as it would have been made then, and what came of it. Before each is made,
 * only those errors are added that had been seen by then.
 */
export function* judgements(past: Past, hours: number): Generator<Judgement> {
  const errors = { model: new PastErrors(hours), baseline: new PastErrors(hours) }
  for (let origin = 0; origin < past.logs.length; origin += 1) {
    const seen = errorsAt(past, hours, origin - hours)
    if (seen) {
      errors.model.add(seen.model)
      errors.baseline.add(seen.baseline)
    }
    const came = at(past.logs, origin + hours)
    if (at(past.ready, origin) !== 1 || errors.model.count < errorsForABand || Number.isNaN(came)) continue
    yield { origin, came, ...sayAt(past, hours, origin, errors) }
  }
}

/** The forecast of so many hours after the last one. */
export function sayNow(past: Past, hours: number): Omit<Judgement, 'came'> {
  const origin = past.logs.length - 1
  const [model, baseline]: [number[], number[]] = [[], []]
  for (let earlier = 0; earlier + hours <= origin; earlier += 1) {
    const seen = errorsAt(past, hours, earlier)
    if (!seen) continue
    model.push(seen.model)
    baseline.push(seen.baseline)
  }
  const errors = { model: new PastErrors(hours, model), baseline: new PastErrors(hours, baseline) }
  return { origin, ...sayAt(past, hours, origin, errors) }
}

/** How far both were off with what was said at that hour, in the scale of then; undefined where nothing came of it to compare. */
function errorsAt(past: Past, hours: number, origin: number): { model: number; baseline: number } | undefined {
  const came = at(past.logs, origin + hours)
  if (at(past.ready, origin) !== 1 || Number.isNaN(came)) return undefined
  const scale = at(past.scale, origin)
  return {
    model: Math.abs(came - said(past, at(past.chosen, origin), origin, hours)) / scale,
    baseline: Math.abs(came - at(past.logs, origin)) / scale,
  }
}

type Errors = { model: PastErrors; baseline: PastErrors }

function sayAt(past: Past, hours: number, origin: number, errors: Errors): { model: Said; baseline: Said } {
  const scale = at(past.scale, origin)
  const reaches = (of: PastErrors) => shares.map((share) => of.reach(share, scale))
  return {
    model: { value: said(past, at(past.chosen, origin), origin, hours), reaches: reaches(errors.model) },
    baseline: { value: at(past.logs, origin), reaches: reaches(errors.baseline) },
  }
}

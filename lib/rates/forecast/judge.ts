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
    learn(past, hours, origin - hours, errors)
    const came = at(past.logs, origin + hours)
    if (at(past.ready, origin) !== 1 || errors.model.count < errorsForABand || Number.isNaN(came)) continue
    yield { origin, came, ...sayAt(past, hours, origin, errors) }
  }
}

/** The forecast of so many hours after the last one. */
export function sayNow(past: Past, hours: number): Omit<Judgement, 'came'> {
  const origin = past.logs.length - 1
  const errors = { model: new PastErrors(hours), baseline: new PastErrors(hours) }
  for (let earlier = 0; earlier + hours <= origin; earlier += 1) learn(past, hours, earlier, errors)
  return { origin, ...sayAt(past, hours, origin, errors) }
}

type Errors = { model: PastErrors; baseline: PastErrors }

function learn(past: Past, hours: number, origin: number, errors: Errors): void {
  const came = at(past.logs, origin + hours)
  if (at(past.ready, origin) !== 1 || Number.isNaN(came)) return
  const scale = at(past.scale, origin)
  errors.model.add(Math.abs(came - said(past, at(past.chosen, origin), origin, hours)) / scale)
  errors.baseline.add(Math.abs(came - at(past.logs, origin)) / scale)
}

function sayAt(past: Past, hours: number, origin: number, errors: Errors): { model: Said; baseline: Said } {
  const scale = at(past.scale, origin)
  const reaches = (of: PastErrors) => shares.map((share) => of.reach(share, scale))
  return {
    model: { value: said(past, at(past.chosen, origin), origin, hours), reaches: reaches(errors.model) },
    baseline: { value: at(past.logs, origin), reaches: reaches(errors.baseline) },
  }
}

import type { Forecast } from '#lib/rates/forecast/schema.ts'
import type { RateHistory } from '#lib/rates/schema.ts'

/** What a forecast says of a moment: numbers to draw, and to be read at the crosshair. */
export type Fan = { price: number; low80: number; high80: number; low95: number; high95: number }

/** One place of the chart's time axis: a price that was read, a gap where none was, or a moment still to come. */
export type Moment = {
  /** Seconds of the epoch, ever later. */
  time: number
  price: number | null
  /** The price as it was answered. */
  exact: string | null
  fan: Fan | null
}

type Drawn = {
  points: RateHistory['points']
  stepSeconds: number
  /** What holds now; it may be newer than the history. */
  current: { at: string; price: string } | null
  forecast: Pick<Forecast, 'last' | 'path'> | null
}

const day = 86_400
const seconds = (at: string): number => Math.floor(Date.parse(at) / 1000)

/**
 * The chart's moments: the prices of the past, a place for each that is missing, and the forecast's way onwards. A price is
 * the last one of its interval, so it stands where the interval ends; a day's stands at its day.
 */
export function momentsOf({ points, stepSeconds, current, forecast }: Drawn): Moment[] {
  const past = pastOf(points, stepSeconds, current)
  const last = past.at(-1)
  if (!last || !forecast) return past
  const path = [startOf(forecast), ...forecast.path.map(fanPoint)].filter(
    (point, index, all) => index === 0 || point.time > (all[index - 1]?.time ?? 0),
  )
  const end = path.at(-1)?.time ?? last.time
  const future: Moment[] = []
  // The past ends where it happens to be; what is to come stands on whole steps again.
  for (let time = (Math.floor(last.time / stepSeconds) + 1) * stepSeconds; time <= end; time += stepSeconds) {
    future.push({ time, price: null, exact: null, fan: null })
  }
  return [...past, ...future].map((moment) => ({ ...moment, fan: fanAt(path, moment.time) }))
}

function pastOf(points: Drawn['points'], step: number, current: Drawn['current']): Moment[] {
  const past: Moment[] = []
  const add = (time: number, price: string) => {
    // What is missing keeps its place, so that a gap is as wide as it was long.
    for (let gap = past.at(-1); gap && gap.time + step < time - step / 2; gap = past.at(-1)) {
      past.push({ time: gap.time + step, price: null, exact: null, fan: null })
    }
    past.push({ time: Math.max(time, (past.at(-1)?.time ?? 0) + 1), price: Number(price), exact: price, fan: null })
  }
  const now = current ? seconds(current.at) : Number.POSITIVE_INFINITY
  const shown = points.filter(({ at }) => seconds(at) + step <= now || current === null)
  for (const { at, price } of shown) add(step === day ? seconds(at) : seconds(at) + step, price)
  // The interval that is running ends with the price of now.
  if (current) add(step === day ? Math.floor(now / day) * day : now, current.price)
  return past
}

function startOf({ last }: Pick<Forecast, 'last'>): Fan & { time: number } {
  const price = Number(last.price)
  return { time: seconds(last.at), price, low80: price, high80: price, low95: price, high95: price }
}

function fanPoint({ at, price, band80, band95 }: Forecast['path'][number]): Fan & { time: number } {
  return {
    time: seconds(at),
    price: Number(price),
    low80: Number(band80.low),
    high80: Number(band80.high),
    low95: Number(band95.low),
    high95: Number(band95.high),
  }
}

/** The fan at a moment, on straight lines between the moments that were foretold; null before and after them. */
function fanAt(path: (Fan & { time: number })[], time: number): Fan | null {
  const next = path.findIndex((point) => point.time >= time)
  const right = path[next]
  if (!right) return null
  const left = path[next - 1]
  if (!left) return right.time === time ? between(right, right, 0) : null
  return between(left, right, (time - left.time) / (right.time - left.time))
}

function between(left: Fan, right: Fan, share: number): Fan {
  const mix = (name: keyof Fan) => left[name] + (right[name] - left[name]) * share
  return { price: mix('price'), low80: mix('low80'), high80: mix('high80'), low95: mix('low95'), high95: mix('high95') }
}

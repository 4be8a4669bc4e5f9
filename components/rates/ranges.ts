import { pairQuery } from '#components/rates/pair-path.ts'
import type { Pair } from '#lib/rates/pairs.ts'
import type { RateInterval } from '#lib/rates/schema.ts'

export const rangeNames = ['24h', '7d', '30d', '1y'] as const
export type RangeName = (typeof rangeNames)[number]

type Range = {
  label: string
  /** In a sentence: "in the last 24 hours". */
  words: string
  seconds: number
  interval: RateInterval
  stepSeconds: number
  /** More than is shown at first, so that there is something to pan to. */
  loadedDays: number
  /** How much of the future stands beside it at first. */
  aheadSeconds: number
  /** Every how many points the table has a row. */
  tableEvery: number
}

const day = 86_400

export const ranges: Record<RangeName, Range> = {
  '24h': {
    label: '24\u00a0h',
    words: '24 hours',
    seconds: day,
    interval: '10m',
    stepSeconds: 600,
    loadedDays: 7,
    aheadSeconds: 21_600,
    tableEvery: 6,
  },
  '7d': {
    label: '7\u00a0d',
    words: '7 days',
    seconds: 7 * day,
    interval: '1h',
    stepSeconds: 3600,
    loadedDays: 30,
    aheadSeconds: 2 * day,
    tableEvery: 6,
  },
  '30d': {
    label: '30\u00a0d',
    words: '30 days',
    seconds: 30 * day,
    interval: '1h',
    stepSeconds: 3600,
    loadedDays: 90,
    aheadSeconds: 7 * day,
    tableEvery: 24,
  },
  '1y': {
    label: '1\u00a0y',
    words: 'year',
    seconds: 365 * day,
    interval: '1d',
    stepSeconds: day,
    loadedDays: 365,
    aheadSeconds: 7 * day,
    tableEvery: 7,
  },
}

/** Where the history of a range is asked for. Its beginning is a whole day, so that everybody asks for the same. */
export function historyPath(pair: Pair, name: RangeName, now: number, days = ranges[name].loadedDays): string {
  const { interval } = ranges[name]
  const from = new Date((Math.floor(now / 1000 / day) - days) * day * 1000)
  return `/api/v1/rates/history?${pairQuery(pair)}&interval=${interval}&from=${from.toISOString()}`
}

export const isRange = (text: string | null): text is RangeName => rangeNames.some((name) => name === text)

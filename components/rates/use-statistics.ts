'use client'

import { pairQuery } from '#components/rates/pair-path.ts'
import { type RangeName, ranges } from '#components/rates/ranges.ts'
import { type Live, useLive } from '#components/rates/use-live.ts'
import type { Pair } from '#lib/rates/pairs.ts'
import type { RateHistory, RatePeriod, RateStats } from '#lib/rates/schema.ts'

export type StatisticsByPeriod = Record<RatePeriod, Live<RateStats>>

/** The statistics of a pair over each period, kept up to date. */
export function useStatistics(pair: Pair): StatisticsByPeriod {
  const path = (period: RatePeriod) => `/api/v1/rates/stats?${pairQuery(pair)}&period=${period}`
  return {
    '24h': useLive<RateStats>(path('24h'), 60),
    '7d': useLive<RateStats>(path('7d'), 300),
    '30d': useLive<RateStats>(path('30d'), 300),
  }
}

/** How far the price moved over a range, in per cent; null until it is known. The year has no statistics, so its history says. */
export function changeOver(
  range: RangeName,
  statistics: StatisticsByPeriod,
  history: RateHistory | null,
): number | null {
  if (range !== '1y') {
    const change = statistics[range].body?.changePercent
    return change === undefined ? null : Number(change)
  }
  const [first, last] = [history?.points.at(0), history?.points.at(-1)]
  if (!first || !last) return null
  // A history that began last month tells nothing of a year.
  const short = Date.parse(last.at) - Date.parse(first.at) < (ranges['1y'].seconds - 172_800) * 1000
  return short ? null : (Number(last.price) / Number(first.price) - 1) * 100
}

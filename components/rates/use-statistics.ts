'use client'

import { pairQuery } from '#components/rates/pair-path.ts'
import { type Live, useLive } from '#components/rates/use-live.ts'
import type { Pair } from '#lib/rates/pairs.ts'
import type { RatePeriod, RateStats } from '#lib/rates/schema.ts'

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

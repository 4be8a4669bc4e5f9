'use client'

import { useMemo } from 'react'
import { momentsOf } from '#components/rates/chart/moments.ts'
import { ranges } from '#components/rates/ranges.ts'
import { showRate } from '#components/rates/show-rate.ts'
import { useLocale } from '#components/ui/use-locale.ts'
import type { CurrentRate, RateHistory } from '#lib/rates/schema.ts'

/** The line of a day, without axes. It breaks where no price was read. */
export function Sparkline({ history, current }: { history: RateHistory; current: CurrentRate | null }) {
  const locale = useLocale()
  const { seconds, stepSeconds } = ranges['24h']
  const moments = useMemo(() => {
    const all = momentsOf({ points: history.points, stepSeconds, current, forecast: null })
    const end = all.at(-1)?.time ?? 0
    return all.filter(({ time }) => time >= end - seconds)
  }, [history, current, seconds, stepSeconds])
  const prices = moments.flatMap(({ price }) => (price === null ? [] : [price]))
  const [start, end] = [moments.at(0)?.time ?? 0, moments.at(-1)?.time ?? 1]
  const [low, high] = [Math.min(...prices), Math.max(...prices)]
  // A line that never moves lies in the middle.
  const y = (price: number) => (high === low ? 20 : 38 - ((price - low) / (high - low)) * 36)
  const x = (time: number) => (end === start ? 100 : ((time - start) / (end - start)) * 100)
  const path = moments.map(({ time, price }, index) => {
    if (price === null) return ''
    const draws = index > 0 && moments[index - 1]?.price !== null
    return `${draws ? 'L' : 'M'}${x(time).toFixed(2)} ${y(price).toFixed(2)}`
  })
  const last = prices.at(-1)
  const words = `The last 24 hours: between ${showRate(low, history.quote, locale)} and ${showRate(high, history.quote, locale)}`
  return (
    <figure className="relative mr-1 h-full">
      <svg
        viewBox="0 0 100 40"
        preserveAspectRatio="none"
        role="img"
        aria-label={words}
        className="block h-full w-full overflow-visible"
      >
        <path
          d={path.join('')}
          fill="none"
          strokeWidth="1.75"
          strokeLinejoin="round"
          strokeLinecap="round"
          vectorEffect="non-scaling-stroke"
          className="stroke-tide"
        />
      </svg>
      {last !== undefined && (
        <span
          aria-hidden="true"
          className="absolute left-full size-2 -translate-x-1/2 -translate-y-1/2 rounded-full bg-tide ring-2 ring-raised"
          style={{ top: `${(y(last) / 40) * 100}%` }}
        />
      )}
    </figure>
  )
}

'use client'

import { useEffect, useMemo, useState } from 'react'
import { PriceChart } from '#components/rates/chart/price-chart.tsx'
import { pairQuery, ratesPath } from '#components/rates/pair-path.ts'
import { PriceNow } from '#components/rates/price-now.tsx'
import { historyPath, isRange, type RangeName } from '#components/rates/ranges.ts'
import { useLive } from '#components/rates/use-live.ts'
import { changeOver, useStatistics } from '#components/rates/use-statistics.ts'
import { Mark } from '#components/site/mark.tsx'
import type { Pair } from '#lib/rates/pairs.ts'
import type { CurrentRate, RateHistory } from '#lib/rates/schema.ts'

/** The chart of a pair in somebody else's page: as large as its frame. `?range=` and `?theme=` are theirs to choose. */
export function EmbeddedRate({ pair }: { pair: Pair }) {
  const [range, setRange] = useState<RangeName>('24h')
  useEffect(() => {
    const wanted = new URLSearchParams(window.location.search)
    const [first, theme] = [wanted.get('range'), wanted.get('theme')]
    if (isRange(first)) setRange(first)
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
  }, [])
  const past = useMemo(() => historyPath(pair, range, Date.now()), [pair, range])
  const current = useLive<CurrentRate>(`/api/v1/rates/current?${pairQuery(pair)}`, 60)
  const history = useLive<RateHistory>(past, 300)
  const statistics = useStatistics(pair)
  return (
    <>
      <div className="flex items-start justify-between gap-4">
        <PriceNow
          pair={pair}
          current={current}
          change={changeOver(range, statistics, history.body)}
          range={range}
          compact
        />
        <a
          href={ratesPath(pair)}
          target="_blank"
          rel="noopener"
          className="flex shrink-0 items-center gap-1.5 rounded-sm text-xs text-ink-3 hover:text-ink"
        >
          <Mark className="size-4 text-tide" />
          <span className="max-[22rem]:sr-only">Causeway</span>
        </a>
      </div>
      <PriceChart
        className="mt-3 flex min-h-0 flex-1 flex-col"
        pair={pair}
        range={range}
        onRange={setRange}
        history={history}
        current={current.body}
        forecast={null}
        compact
      />
    </>
  )
}

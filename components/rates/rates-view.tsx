'use client'

import { usePathname } from 'next/navigation'
import { useEffect, useMemo, useState } from 'react'
import { AlertInvite } from '#components/rates/alert-invite.tsx'
import { Calculator } from '#components/rates/calculator.tsx'
import { PriceChart } from '#components/rates/chart/price-chart.tsx'
import { ForecastRecord } from '#components/rates/forecast-record.tsx'
import { pairOfPath, pairQuery } from '#components/rates/pair-path.ts'
import { PairSwitch } from '#components/rates/pair-switch.tsx'
import { PriceNow } from '#components/rates/price-now.tsx'
import { historyPath, type RangeName } from '#components/rates/ranges.ts'
import { RateSnippets } from '#components/rates/rate-snippets.tsx'
import { Statistics } from '#components/rates/statistics.tsx'
import { useLive } from '#components/rates/use-live.ts'
import { changeOver, useStatistics } from '#components/rates/use-statistics.ts'
import { Card } from '#components/ui/card.tsx'
import type { Forecast } from '#lib/rates/forecast/schema.ts'
import { rateAssets } from '#lib/rates/pairs.ts'
import type { CurrentRate, RateAssets, RateHistory } from '#lib/rates/schema.ts'

/** All that is known of a pair: what it costs and how old that is, where it was, where it may go, and what an amount would cost. */
export function RatesView() {
  const path = usePathname()
  const pair = useMemo(() => pairOfPath(path), [path])
  const [range, setRange] = useState<RangeName>('24h')
  const query = pairQuery(pair)
  const past = useMemo(() => historyPath(pair, range, Date.now()), [pair, range])

  const assets = useLive<RateAssets>('/api/v1/rates/assets', 60)
  const current = useLive<CurrentRate>(`/api/v1/rates/current?${query}`, 30)
  const history = useLive<RateHistory>(past, range === '24h' ? 120 : 300)
  const forecast = useLive<Forecast>(`/api/v1/rates/forecast?${query}`, 600)
  const statistics = useStatistics(pair)

  useEffect(() => {
    document.title = `${rateAssets[pair.base].label} in ${pair.quote} · Causeway`
  }, [pair])

  return (
    <>
      <PairSwitch pair={pair} assets={assets} />
      <Card className="mt-4 p-4 sm:p-6">
        <PriceNow pair={pair} current={current} change={changeOver(range, statistics, history.body)} range={range} />
        <PriceChart
          className="mt-5"
          pair={pair}
          range={range}
          onRange={setRange}
          history={history}
          current={current.body}
          forecast={forecast.body}
        />
      </Card>
      <Statistics pair={pair} statistics={statistics} />
      <div className="mt-10 grid items-start gap-5 lg:grid-cols-[1fr_24rem]">
        <ForecastRecord pair={pair} forecast={forecast} />
        <div className="grid gap-5">
          <Calculator key={query} pair={pair} />
          <AlertInvite pair={pair} />
        </div>
      </div>
      <RateSnippets pair={pair} />
    </>
  )
}

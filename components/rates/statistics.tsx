'use client'

import type { ReactNode } from 'react'
import { showChange, showPercent, showRate } from '#components/rates/show-rate.ts'
import type { StatisticsByPeriod } from '#components/rates/use-statistics.ts'
import { Button } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { cx } from '#components/ui/cx.ts'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { useLocale } from '#components/ui/use-locale.ts'
import type { Pair } from '#lib/rates/pairs.ts'
import type { RatePeriod, RateStats } from '#lib/rates/schema.ts'

const periods: { period: RatePeriod; label: string }[] = [
  { period: '24h', label: '24 hours' },
  { period: '7d', label: '7 days' },
  { period: '30d', label: '30 days' },
]

type Column = { label: string; hint: string; show: (stats: RateStats) => ReactNode }

/** What can be said of the last 24 hours, 7 days and 30 days, one under the other so that they compare. */
export function Statistics({ pair, statistics }: { pair: Pair; statistics: StatisticsByPeriod }) {
  const all = periods.map(({ period }) => statistics[period])
  const failed = all.every(({ body }) => !body) ? all.find(({ failure }) => failure) : undefined
  const missing = failed?.failure?.code === 'rate_missing'
  return (
    <section aria-labelledby="statistics" className="mt-10">
      <h2 id="statistics" className="text-lg">
        Statistics
      </h2>
      <p className="mt-1 text-sm text-ink-2">
        Each over exactly that long, ending now, from every price that was read.
      </p>
      {failed ? (
        <div role="status" className="mt-4 rounded-md border border-line bg-sunk p-5 text-sm">
          <p className="font-medium">
            {missing ? 'Nothing has been read to count yet.' : 'The statistics could not be loaded.'}
          </p>
          <p className="mt-1 text-ink-2">{failed.failure?.detail}</p>
          {!missing && (
            <Button variant="secondary" size="sm" onClick={failed.retry} className="mt-3">
              Ask again
            </Button>
          )}
        </div>
      ) : (
        <Tables pair={pair} statistics={statistics} />
      )}
    </section>
  )
}

function Tables({ pair, statistics }: { pair: Pair; statistics: StatisticsByPeriod }) {
  const columns = columnsFor(pair, useLocale())
  return (
    <Card className="mt-4 overflow-hidden">
      <table className="hidden w-full text-right text-sm tabular-nums lg:table">
        <thead className="text-xs text-ink-3">
          <tr className="border-line border-b">
            <th className="py-3 pl-5 text-left font-normal">Period</th>
            {columns.map(({ label, hint }) => (
              <th key={label} title={hint} className="px-2 py-3 font-normal last:pr-5">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {periods.map(({ period, label }) => (
            <tr key={period}>
              <th scope="row" className="h-12 pl-5 text-left font-medium whitespace-nowrap">
                {label}
              </th>
              {columns.map((column) => (
                <td key={column.label} className="px-2 whitespace-nowrap last:pr-5">
                  <Cell live={statistics[period]} show={column.show} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {/* On a phone the periods stand side by side and the numbers below each other. */}
      <table className="w-full text-right text-xs tabular-nums lg:hidden">
        <thead className="text-ink-3">
          <tr className="border-line border-b">
            <td className="pl-4" />
            {periods.map(({ period, label }) => (
              <th key={period} scope="col" className="px-1.5 py-3 font-normal last:pr-4">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {columns.map(({ label, show }) => (
            <tr key={label}>
              <th scope="row" className="h-10 pl-4 text-left font-normal text-ink-2">
                {label}
              </th>
              {periods.map(({ period }) => (
                <td key={period} className="px-1.5 last:pr-4">
                  <Cell live={statistics[period]} show={show} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}

function Cell({ live: { body, failure }, show }: { live: StatisticsByPeriod[RatePeriod]; show: Column['show'] }) {
  if (body) return show(body)
  if (failure) return <span className="text-ink-3">–</span>
  return <Skeleton className="ml-auto h-4 w-14" />
}

function columnsFor({ quote }: Pair, locale: string): Column[] {
  const price = (value: string) => showRate(value, quote, locale)
  return [
    { label: 'Open', hint: 'The first price', show: ({ open }) => price(open) },
    { label: 'Low', hint: 'The lowest price', show: ({ low }) => price(low) },
    { label: 'High', hint: 'The highest price', show: ({ high }) => price(high) },
    { label: 'Close', hint: 'The last price', show: ({ close }) => price(close) },
    { label: 'Mean', hint: 'The mean of all prices', show: ({ mean }) => price(mean) },
    { label: 'Deviation', hint: 'The standard deviation of all prices', show: ({ stddev }) => price(stddev) },
    {
      label: 'Change',
      hint: 'From open to close',
      show: ({ changePercent }) => <Signed percent={Number(changePercent)} />,
    },
    {
      label: 'Volatility',
      hint: 'The standard deviation in percent of the mean',
      show: ({ volatilityPercent }) => showPercent(Number(volatilityPercent), locale),
    },
    {
      label: 'Prices read',
      hint: 'How many, and how many of those that there should be',
      show: ({ count, coverage }) => (
        <>
          {new Intl.NumberFormat(locale).format(count)}{' '}
          <span className={cx(Number(coverage) < 0.95 ? 'text-lamp' : 'text-ink-3')}>
            ({showPercent(Math.floor(Number(coverage) * 1000) / 10, locale, 0)})
          </span>
        </>
      ),
    },
  ]
}

function Signed({ percent }: { percent: number }) {
  const locale = useLocale()
  const written = showChange(percent, locale)
  const moved = /^[+−]/.test(written)
  return <span className={cx(moved && (percent > 0 ? 'text-moss' : 'text-brick'))}>{written}</span>
}

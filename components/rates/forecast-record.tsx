'use client'

import type { ReactNode } from 'react'
import { recordSentence, verdictOf } from '#components/rates/forecast-words.ts'
import { showChange, showPercent, showRate } from '#components/rates/show-rate.ts'
import type { Live } from '#components/rates/use-live.ts'
import { Badge } from '#components/ui/badge.tsx'
import { Button } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { useLocale } from '#components/ui/use-locale.ts'
import type { Forecast } from '#lib/rates/forecast/schema.ts'
import type { Pair } from '#lib/rates/pairs.ts'

const ahead: Record<Forecast['horizons'][number]['horizon'], string> = {
  '1h': 'In 1 hour',
  '24h': 'In 24 hours',
  '7d': 'In 7 days',
}

/** The forecast in numbers, and how good it has been: also, and above all, when saying "as now" was better. */
export function ForecastRecord({ pair, forecast }: { pair: Pair; forecast: Live<Forecast> }) {
  const { body, failure, retry } = forecast
  return (
    <section aria-labelledby="forecast">
      <Card className="p-5 sm:p-6">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4">
          <h2 id="forecast" className="text-lg">
            Forecast
          </h2>
          <p className="min-h-5 text-sm text-ink-3">
            {body && (
              <>
                Made <RelativeTime at={body.madeAt} />
                {body.stale && <span className="text-lamp">, a night was missed</span>}
              </>
            )}
          </p>
        </div>
        {body ? (
          <Known forecast={body} pair={pair} />
        ) : failure && failure.status === 404 ? (
          <div className="mt-4 min-h-40 rounded-md bg-sunk p-5 text-sm">
            <p className="font-medium">There is no forecast of this pair now.</p>
            <p className="mt-1 text-ink-2">{failure.detail}</p>
          </div>
        ) : failure ? (
          <div role="status" className="mt-4 min-h-40 rounded-md bg-sunk p-5 text-sm">
            <p className="font-medium">The forecast could not be loaded.</p>
            <p className="mt-1 text-ink-2">{failure.detail}</p>
            <Button variant="secondary" size="sm" onClick={retry} className="mt-3">
              Ask again
            </Button>
          </div>
        ) : (
          <div className="mt-4 space-y-4">
            <Skeleton className="h-20 w-full" />
            <Skeleton className="h-44 w-full" />
          </div>
        )}
      </Card>
    </section>
  )
}

function Known({ forecast, pair }: { forecast: Forecast; pair: Pair }) {
  const locale = useLocale()
  const verdict = verdictOf(forecast.backtest.horizons)
  return (
    <>
      <div className="mt-3">
        <Badge tone={verdict.tone}>{verdict.badge}</Badge>
        <p className="mt-2 max-w-150 text-ink-2">{verdict.sentence}</p>
      </div>
      <ul className="mt-4 divide-y divide-line border-line border-y">
        {forecast.horizons.map(({ horizon, price, changePercent, trend, band80, band95 }) => {
          const record = forecast.backtest.horizons.find((each) => each.horizon === horizon)
          return (
            <li key={horizon} className="py-4">
              <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
                <h3 className="text-sm">{ahead[horizon]}</h3>
                <p className="tabular-nums">
                  <span className="font-medium">{showRate(price, pair.quote, locale)}</span>{' '}
                  <span className="text-sm text-ink-2">
                    {trend}, {showChange(Number(changePercent), locale)}
                  </span>
                </p>
              </div>
              <dl className="mt-2 grid gap-x-8 gap-y-1 text-sm sm:grid-cols-2">
                <Band label="4 times in 5">
                  {showRate(band80.low, pair.quote, locale)} to {showRate(band80.high, pair.quote, locale)}
                </Band>
                <Band label="19 times in 20">
                  {showRate(band95.low, pair.quote, locale)} to {showRate(band95.high, pair.quote, locale)}
                </Band>
              </dl>
              {record && <p className="mt-2 text-sm text-ink-2">{recordSentence(record, locale)}</p>}
            </li>
          )
        })}
      </ul>
      <RecordTable forecast={forecast} />
      <p className="mt-4 text-sm text-ink-3">
        Made from past prices alone, so it knows no news. No quote stands on it, and it is no advice.
      </p>
    </>
  )
}

function Band({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex justify-between gap-3 sm:justify-start">
      <dt className="text-ink-3">{label}</dt>
      <dd className="text-right tabular-nums">{children}</dd>
    </div>
  )
}

/** The record to the digit, for whoever wants to judge it. */
function RecordTable({ forecast: { backtest, model } }: { forecast: Forecast }) {
  const locale = useLocale()
  const percent = (value: string | null, decimals = 2) =>
    value === null ? 'too few' : showPercent(Number(value), locale, decimals)
  return (
    <details className="mt-4 text-sm">
      <summary className="w-fit cursor-pointer rounded-sm text-ink-3 hover:text-ink">The record in numbers</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable without a mouse. */}
      <section aria-label="The record in numbers" tabIndex={0} className="mt-3 overflow-x-auto">
        <table className="w-full text-right whitespace-nowrap tabular-nums">
          <thead className="text-xs text-ink-3">
            <tr>
              <th className="py-1 text-left font-normal">Ahead</th>
              <th className="py-1 pl-4 font-normal">Error</th>
              <th className="py-1 pl-4 font-normal">Of the last price</th>
              <th className="py-1 pl-4 font-normal">Skill</th>
              <th className="py-1 pl-4 font-normal">In its 80 %</th>
              <th className="py-1 pl-4 font-normal">In its 95 %</th>
              <th className="py-1 pl-4 font-normal">Judged</th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {backtest.horizons.map((each) => (
              <tr key={each.horizon}>
                <th scope="row" className="py-1.5 text-left font-normal">
                  {each.horizon}
                </th>
                <td className="pl-4">{percent(each.errorPercent)}</td>
                <td className="pl-4">{percent(each.baselineErrorPercent)}</td>
                <td className="pl-4">{each.skill === null ? 'none' : showChange(Number(each.skill) * 100, locale)}</td>
                <td className="pl-4">{percent(each.coverage80, 1)}</td>
                <td className="pl-4">{percent(each.coverage95, 1)}</td>
                <td className="pl-4">
                  {each.origins} ({each.independent} apart)
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className="mt-2 text-ink-3">
        Skill is how much of the last price’s error the model saves. Each forecast was judged by prices that came after
        it; those “apart” do not overlap. Model: <span className="font-mono text-xs">{model.name}</span>, from{' '}
        {model.hours} hours.
      </p>
    </details>
  )
}

import { Telescope } from 'lucide-react'
import { type ActionResult, ConfirmAction } from '#components/operate/confirm-action.tsx'
import { DeskCell, DeskRow, DeskTable } from '#components/operate/desk-table.tsx'
import { coverageOf, skillOf } from '#components/operate/forecast-skill.ts'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import type { RateAsset, RateCurrency } from '#lib/rates/pairs.ts'

type Horizon = { hours: number; independent: number; skill: string | null; coverage80: string; coverage95: string }
type Forecast = {
  base: RateAsset
  quote: RateCurrency
  madeAt: string
  hours: number
  missingBecause: 'too_few_hours' | 'no_recent_price' | null
  record: Horizon[]
}

const reasons: Record<NonNullable<Forecast['missingBecause']>, string> = {
  too_few_hours: 'Nothing: fewer than four weeks of prices in a row',
  no_recent_price: 'Nothing: no price in the last three hours',
}

const columns = [
  'Pair',
  'Made',
  { name: 'Hours known', right: true as const },
  '1 hour: nearer by',
  '24 hours: nearer by',
  '7 days: nearer by',
  { name: 'In the 80% band', right: true as const },
  { name: 'In the 95% band', right: true as const },
]

/** What was last foretold of each pair, and whether that has been worth more than the last price. */
export function RateForecasts({ forecasts }: { forecasts: Forecast[] }) {
  return (
    <DeskTable label="Forecasts" columns={columns}>
      {forecasts.map(({ base, quote, madeAt, hours, missingBecause, record }) => (
        <DeskRow key={`${base}/${quote}`}>
          <DeskCell>
            <span className="font-medium">
              {base} in {quote}
            </span>
          </DeskCell>
          <DeskCell>
            <RelativeTime at={madeAt} />
          </DeskCell>
          <DeskCell right>{hours}</DeskCell>
          {missingBecause ? (
            <td colSpan={5} className="h-10 px-3 text-ink-2">
              {reasons[missingBecause]}
            </td>
          ) : (
            <>
              {record.map((horizon) => (
                <DeskCell key={horizon.hours}>{skillOf(horizon.skill)}</DeskCell>
              ))}
              <DeskCell right>{record.map(({ coverage80 }) => coverageOf(coverage80)).join(', ')}</DeskCell>
              <DeskCell right>{record.map(({ coverage95 }) => coverageOf(coverage95)).join(', ')}</DeskCell>
            </>
          )}
        </DeskRow>
      ))}
    </DeskTable>
  )
}

/** Has all of them made again, now. */
export function ForecastNow({ action }: { action: (id: string) => Promise<ActionResult> }) {
  return (
    <ConfirmAction
      id="all"
      action={action}
      icon={<Telescope aria-hidden="true" className="size-3.5" />}
      label="Forecast now"
      title="Make the forecasts now?"
      description="Each pair is forecast from its last whole hour, which takes the worker some seconds; what was said of the same hours already stays. No quote stands on a forecast. The audit log keeps your name."
      subject="All pairs"
      confirm="Make them"
      done="Forecasts are being made"
    />
  )
}

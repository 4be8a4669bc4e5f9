'use client'

import { Maximize2, Minus, Plus } from 'lucide-react'
import dynamic from 'next/dynamic'
import { type ReactNode, useMemo, useRef, useState } from 'react'
import type { ChartHandle } from '#components/rates/chart/chart-canvas.tsx'
import { type Moment, momentsOf } from '#components/rates/chart/moments.ts'
import { PriceTable } from '#components/rates/chart/price-table.tsx'
import { momentWords, valueWords } from '#components/rates/chart/words.ts'
import { type RangeName, rangeNames, ranges } from '#components/rates/ranges.ts'
import type { Live } from '#components/rates/use-live.ts'
import { Button } from '#components/ui/button.tsx'
import { cx } from '#components/ui/cx.ts'
import { Segmented } from '#components/ui/segmented.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { useLocale } from '#components/ui/use-locale.ts'
import type { Forecast } from '#lib/rates/forecast/schema.ts'
import type { Pair } from '#lib/rates/pairs.ts'
import type { CurrentRate, RateHistory } from '#lib/rates/schema.ts'

const ChartCanvas = dynamic(
  () => import('#components/rates/chart/chart-canvas.tsx').then((module) => module.ChartCanvas),
  { ssr: false, loading: () => <ChartSkeleton /> },
)

type PriceChartProps = {
  pair: Pair
  range: RangeName
  onRange: (range: RangeName) => void
  history: Live<RateHistory>
  current: CurrentRate | null
  forecast: Forecast | null
  /** What an embedding page has no room for is left out. */
  compact?: boolean
  className?: string
}

/** The history of a pair and its forecast, to pan, zoom and walk along; a table says the same. */
export function PriceChart({ pair, range, onRange, history, current, forecast, compact, className }: PriceChartProps) {
  const locale = useLocale()
  const [cursor, setCursor] = useState<Moment | null>(null)
  const [wantsFan, setWantsFan] = useState(true)
  const handle = useRef<ChartHandle>(null)
  const { body } = history
  const showFan = wantsFan && forecast !== null
  const moments = useMemo(
    () => (body ? momentsOf({ points: body.points, stepSeconds: ranges[range].stepSeconds, current, forecast }) : []),
    [body, range, current, forecast],
  )
  const drawable = moments.some(({ price }) => price !== null)
  const words = momentWords(range, locale)

  return (
    <section aria-label="Price history" className={className}>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p className="order-last min-h-5 w-full truncate text-sm text-ink-2 tabular-nums sm:order-none sm:w-auto sm:flex-1">
          {cursor ? (
            <>
              {words.exact(cursor.time)}{' '}
              <span className="font-medium text-ink">{valueWords(cursor, pair.quote, locale)}</span>
            </>
          ) : (
            drawable && `The last ${ranges[range].words}${range === '1y' ? ', day by day (UTC)' : ''}`
          )}
        </p>
        <div className="w-full sm:w-64">
          <Segmented
            legend="How much of the past"
            name="range"
            value={range}
            onChange={onRange}
            options={rangeNames.map((value) => ({ value, label: ranges[value].label }))}
          />
        </div>
      </div>

      <div className={cx('relative mt-3', compact ? 'min-h-0 flex-1' : 'h-80 sm:h-105')}>
        {drawable ? (
          <>
            <ChartCanvas
              name={`${pair.base}/${pair.quote} ${range}`}
              moments={moments}
              range={range}
              quote={pair.quote}
              showFan={showFan}
              onCursor={setCursor}
              handle={handle}
            />
            {!compact && <ZoomButtons handle={handle} />}
          </>
        ) : (
          <Instead history={history} pair={pair} />
        )}
      </div>

      <div className="mt-2 flex flex-col gap-x-4 gap-y-1 text-xs text-ink-3 sm:flex-row sm:items-center sm:justify-between">
        {forecast ? <FanSwitch on={wantsFan} onChange={setWantsFan} /> : <span className={cx(!compact && 'min-h-8')} />}
        {/* The library's licence asks for its notice and this link, where they can be seen. */}
        <a
          href="https://www.tradingview.com/"
          target="_blank"
          rel="noopener"
          title="TradingView Lightweight Charts™ Copyright (c) 2025 TradingView, Inc. https://www.tradingview.com/"
          className="rounded-sm underline-offset-4 hover:text-ink hover:underline"
        >
          TradingView Lightweight Charts™
        </a>
      </div>
      {!compact && <PriceTable pair={pair} range={range} moments={moments} />}
    </section>
  )
}

/** What stands where the chart would: the shape of one on its way, or why there is none. */
function Instead({ history: { body, failure, retry }, pair }: { history: Live<RateHistory>; pair: Pair }) {
  if (!body && !failure) return <ChartSkeleton />
  if (failure && failure.code !== 'rate_missing') {
    return (
      <Message title="The history could not be loaded.">
        {failure.detail}
        <Button variant="secondary" size="sm" onClick={retry} className="mt-3">
          Ask again
        </Button>
      </Message>
    )
  }
  return (
    <Message title="No prices in this time.">
      {`Nothing has been read for ${pair.base} in ${pair.quote} yet. Prices come every ten minutes; this page shows the first by itself.`}
    </Message>
  )
}

function Message({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="flex h-full flex-col items-center justify-center rounded-md bg-sunk px-6 text-center" role="status">
      <p className="font-medium">{title}</p>
      <p className="mt-1 flex max-w-100 flex-col items-center text-sm text-ink-2">{children}</p>
    </div>
  )
}

function ChartSkeleton() {
  return (
    <div className="flex h-full items-stretch gap-3" aria-hidden="true">
      <div className="relative flex-1 overflow-hidden rounded-sm">
        <div className="flex h-full flex-col justify-between py-6">
          {[0, 1, 2, 3, 4].map((line) => (
            <span key={line} className="block h-px bg-line" />
          ))}
        </div>
        <svg
          viewBox="0 0 100 40"
          preserveAspectRatio="none"
          aria-hidden="true"
          className="absolute inset-0 h-full w-full animate-breathe"
        >
          <path
            d="M0 26L8 24L14 28L22 20L30 23L38 15L46 19L54 12L62 17L70 14L78 20L86 13L94 16L100 11"
            fill="none"
            vectorEffect="non-scaling-stroke"
            strokeWidth="2"
            className="stroke-line"
          />
        </svg>
      </div>
      <div className="flex w-16 flex-col justify-between py-4">
        {[0, 1, 2, 3, 4].map((mark) => (
          <Skeleton key={mark} className="h-3 w-14" />
        ))}
      </div>
    </div>
  )
}

/** Shows and hides the fan, and says what its two shades are. */
function FanSwitch({ on, onChange }: { on: boolean; onChange: (on: boolean) => void }) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 sm:gap-x-4">
      <label className="flex min-h-8 cursor-pointer items-center gap-2 rounded-sm hover:text-ink">
        <input
          type="checkbox"
          checked={on}
          onChange={(event) => onChange(event.target.checked)}
          className="size-4 accent-tide"
        />
        Forecast
      </label>
      {on && (
        <>
          <Key swatch="bg-tide/20">4 times in 5</Key>
          <Key swatch="bg-tide/8">19 times in 20</Key>
        </>
      )}
    </div>
  )
}

function ZoomButtons({ handle }: { handle: { current: ChartHandle | null } }) {
  const buttons = [
    { label: 'Zoom in', icon: Plus, act: () => handle.current?.zoom(1.5) },
    { label: 'Zoom out', icon: Minus, act: () => handle.current?.zoom(1 / 1.5) },
    { label: 'The whole range', icon: Maximize2, act: () => handle.current?.home() },
  ]
  return (
    <div className="absolute bottom-9 left-0 z-10 flex gap-1 max-sm:hidden">
      {buttons.map(({ label, icon: Icon, act }) => (
        <button
          key={label}
          type="button"
          title={label}
          aria-label={label}
          onClick={act}
          className="grid size-8 place-items-center rounded-sm border border-line bg-raised/85 text-ink-3 transition-colors hover:border-edge hover:text-ink"
        >
          <Icon aria-hidden="true" className="size-3.5" />
        </button>
      ))}
    </div>
  )
}

function Key({ swatch, children }: { swatch: string; children: ReactNode }) {
  return (
    <span className="flex items-center gap-1.5">
      <span aria-hidden="true" className={`h-2.5 w-4 rounded-[2px] ${swatch}`} />
      {children}
    </span>
  )
}

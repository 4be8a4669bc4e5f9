'use client'

import { type KeyboardEvent, type PointerEvent, useState } from 'react'
import { dayLabel, dollars, millionths, niceTop } from '#components/dashboard/numbers.ts'
import { cx } from '#components/ui/cx.ts'
import { useLocale } from '#components/ui/use-locale.ts'
import type { DashboardDay } from '#lib/dashboard/schema.ts'

const width = 640
const height = 176
const floor = height - 22

/** What was spent a day, as bars: paid in full colour, promised lighter on top. Arrow keys walk the days; a table says the same. */
export function TrendChart({ days }: { days: DashboardDay[] }) {
  const locale = useLocale()
  const [chosen, setChosen] = useState(days.length - 1)
  const top = niceTop(days.map(totalOf))
  const step = width / days.length
  const heightOf = (amount: bigint) => (top === 0n ? 0 : (Number((amount * 10_000n) / top) / 10_000) * (floor - 8))
  const day = days[chosen]

  function point(event: PointerEvent<HTMLDivElement>) {
    const box = event.currentTarget.getBoundingClientRect()
    const index = Math.floor(((event.clientX - box.left) / box.width) * days.length)
    setChosen(Math.max(0, Math.min(days.length - 1, index)))
  }

  function walk(event: KeyboardEvent) {
    const to = { ArrowLeft: chosen - 1, ArrowRight: chosen + 1, Home: 0, End: days.length - 1 }[event.key]
    if (to === undefined || to < 0 || to >= days.length) return
    event.preventDefault()
    setChosen(to)
  }

  return (
    <figure>
      <figcaption className="flex min-h-6 flex-wrap justify-between gap-x-4 text-sm">
        <span className="text-ink-2">Spent a day, last {days.length} days (UTC)</span>
        {day && (
          <output className="tabular-nums">
            {dayLabel(day.day, locale)}: <span className="font-medium">{dollars(day.used, locale)}</span>
            {millionths(day.reserved) > 0n && <> and {dollars(day.reserved, locale)} promised</>}
          </output>
        )}
      </figcaption>
      {/* A slider is what one walks through with arrow keys, and what a screen reader says the value of. */}
      <div
        role="slider"
        tabIndex={0}
        aria-label="Spent a day"
        aria-valuemin={0}
        aria-valuemax={days.length - 1}
        aria-valuenow={chosen}
        aria-valuetext={
          day &&
          `${dayLabel(day.day, locale)}: ${dollars(day.used, locale)} spent, ${dollars(day.reserved, locale)} promised`
        }
        onPointerMove={point}
        onPointerDown={point}
        onPointerLeave={() => setChosen(days.length - 1)}
        onKeyDown={walk}
        className="mt-3 touch-pan-y rounded-sm"
      >
        <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true" className="block w-full">
          <line x1={0} x2={width} y1={floor + 0.5} y2={floor + 0.5} className="stroke-line" />
          <line x1={0} x2={width} y1={8} y2={8} className="stroke-line" strokeDasharray="2 4" />
          <text x={0} y={22} className="fill-ink-3 text-xs">
            {top === 0n ? '' : dollars(String(top / 1_000_000n), locale)}
          </text>
          {days.map((each, index) => {
            const used = heightOf(millionths(each.used))
            const reserved = heightOf(millionths(each.reserved))
            const x = index * step + step * 0.14
            return (
              <g key={each.day} className={cx(index === chosen ? 'opacity-100' : 'opacity-75')}>
                <rect x={x} y={floor - used} width={step * 0.72} height={used} rx={2} className="fill-tide" />
                <rect
                  x={x}
                  y={floor - used - reserved}
                  width={step * 0.72}
                  height={reserved}
                  rx={2}
                  className="fill-tide/40"
                />
                {index === chosen && <rect x={x} y={floor + 3} width={step * 0.72} height={2} className="fill-tide" />}
              </g>
            )
          })}
          <text x={0} y={height - 3} className="fill-ink-3 text-xs">
            {days[0] && dayLabel(days[0].day, locale)}
          </text>
          <text x={width} y={height - 3} textAnchor="end" className="fill-ink-3 text-xs">
            Today
          </text>
        </svg>
      </div>
      <details className="mt-2 text-sm">
        <summary className="w-fit cursor-pointer rounded-sm text-ink-3 hover:text-ink">The same as a table</summary>
        <DayTable days={days} />
      </details>
    </figure>
  )
}

function DayTable({ days }: { days: DashboardDay[] }) {
  const locale = useLocale()
  const busy = days.filter((day) => day.payments > 0 || totalOf(day) > 0n)
  if (busy.length === 0) return <p className="mt-2 text-ink-2">Nothing was spent on any of these days.</p>
  return (
    <table className="mt-2 w-full text-left tabular-nums">
      <thead className="text-ink-3">
        <tr>
          <th className="py-1 font-normal">Day (UTC)</th>
          <th className="py-1 text-right font-normal">Spent</th>
          <th className="py-1 text-right font-normal">Promised</th>
          <th className="py-1 text-right font-normal">Payments</th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {busy.toReversed().map((day) => (
          <tr key={day.day}>
            <td className="py-1">{dayLabel(day.day, locale)}</td>
            <td className="py-1 text-right">{dollars(day.used, locale)}</td>
            <td className="py-1 text-right">{dollars(day.reserved, locale)}</td>
            <td className="py-1 text-right">{day.payments}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function totalOf({ used, reserved }: DashboardDay): bigint {
  return millionths(used) + millionths(reserved)
}

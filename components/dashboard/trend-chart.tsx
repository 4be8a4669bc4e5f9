'use client'

import { type KeyboardEvent, type PointerEvent, useState } from 'react'
import { dayLabel, dollars, millionths, niceTop } from '#components/dashboard/numbers.ts'
import { useLocale } from '#components/ui/use-locale.ts'
import type { DashboardDay } from '#lib/dashboard/schema.ts'

/** What was spent a day, as bars: paid in full colour, promised lighter on top. Arrow keys walk the days; a table says the same. */
export function TrendChart({ days }: { days: DashboardDay[] }) {
  const locale = useLocale()
  const [chosen, setChosen] = useState(days.length - 1)
  const top = niceTop(days.map(totalOf))
  const heightOf = (amount: bigint) => (top === 0n ? 0 : Number((amount * 10_000n) / top) / 100)
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
        <p className="h-4 border-line border-t border-dashed text-xs text-ink-3 tabular-nums">
          {top > 0n && dollars(String(top / 1_000_000n), locale)}
        </p>
        {/* As wide as its place: the bars stretch, and nothing in it is text. */}
        <svg
          viewBox={`0 0 ${days.length} 100`}
          preserveAspectRatio="none"
          aria-hidden="true"
          className="-mt-4 block h-40 w-full border-line border-b"
        >
          {days.map((each, index) => {
            const used = heightOf(millionths(each.used))
            const reserved = heightOf(millionths(each.reserved))
            const bar = { x: index + 0.14, width: 0.72 }
            return (
              <g key={each.day} className={index === chosen ? 'opacity-100' : 'opacity-70'}>
                <rect {...bar} y={100 - used} height={used} className="fill-tide" />
                <rect {...bar} y={100 - used - reserved} height={reserved} className="fill-tide/40" />
              </g>
            )
          })}
        </svg>
        <p className="relative mt-1 flex justify-between text-xs text-ink-3">
          <span
            aria-hidden="true"
            className="absolute -top-1 h-0.5 bg-tide"
            style={{ left: `${(chosen * 100) / days.length}%`, width: `${100 / days.length}%` }}
          />
          <span>{days[0] && dayLabel(days[0].day, locale)}</span>
          <span>Today</span>
        </p>
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

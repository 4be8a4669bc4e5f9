'use client'

import { type KeyboardEvent, type Ref, useEffect, useId, useImperativeHandle, useMemo, useRef, useState } from 'react'
import { Drawing } from '#components/rates/chart/drawing.ts'
import type { Moment } from '#components/rates/chart/moments.ts'
import { momentWords, valueWords } from '#components/rates/chart/words.ts'
import { type RangeName, ranges } from '#components/rates/ranges.ts'
import { showRate, showScale } from '#components/rates/show-rate.ts'
import { useLocale } from '#components/ui/use-locale.ts'
import type { RateCurrency } from '#lib/rates/pairs.ts'

export type ChartHandle = { zoom: (factor: number) => void; home: () => void }

type ChartCanvasProps = {
  /** What is drawn: another one begins at its own place. */
  name: string
  moments: Moment[]
  range: RangeName
  quote: RateCurrency
  showFan: boolean
  onCursor: (moment: Moment | null) => void
  handle: Ref<ChartHandle>
}

/**
 * The chart itself. Arrow keys walk along the line, with Shift ten places at once, Home and End go to its ends, plus and
 * minus zoom, and Escape lets go; each place is said.
 */
export function ChartCanvas({ name, moments, range, quote, showFan, onCursor, handle }: ChartCanvasProps) {
  const locale = useLocale()
  const id = useId()
  const place = useRef<HTMLDivElement>(null)
  const drawing = useRef<Drawing | null>(null)
  const shown = useRef<string | null>(null)
  const latest = useRef({ moments, onCursor, say: (_moment: Moment) => {} })
  const byKeys = useRef(false)
  const [said, setSaid] = useState('')
  const words = useMemo(() => momentWords(range, locale), [range, locale])
  const say = (moment: Moment) => setSaid(`${words.exact(moment.time)}: ${valueWords(moment, quote, locale)}`)
  latest.current = { moments, onCursor, say }

  useEffect(() => {
    if (!place.current) return
    const made = new Drawing(place.current, (index) => {
      const moment = index === null ? null : (latest.current.moments[index] ?? null)
      latest.current.onCursor(moment)
      if (byKeys.current && moment) latest.current.say(moment)
    })
    drawing.current = made
    shown.current = null
    return () => {
      made.destroy()
      drawing.current = null
    }
  }, [])

  useEffect(() => {
    const { seconds, stepSeconds, aheadSeconds } = ranges[range]
    const now = moments.findLastIndex(({ price }) => price !== null)
    drawing.current?.show(
      {
        moments,
        now,
        past: seconds / stepSeconds,
        ahead: showFan && now < moments.length - 1 ? aheadSeconds / stepSeconds : 0,
        showFan,
        showPrice: (price) => showRate(price, quote, locale),
        showScale: (prices) => showScale(prices, quote, locale),
        showMoment: words.exact,
        showMark: words.mark,
        shift: words.shiftAt(moments[now]?.time ?? 0),
      },
      shown.current !== `${name} ${showFan}`,
    )
    shown.current = `${name} ${showFan}`
  }, [name, moments, range, quote, showFan, locale, words])

  useImperativeHandle(handle, () => ({
    zoom: (factor) => drawing.current?.zoom(factor),
    home: () => drawing.current?.home(),
  }))

  const press = (event: KeyboardEvent) => {
    const chart = drawing.current
    if (!chart || event.ctrlKey || event.metaKey || event.altKey) return
    const act = keys[event.key]
    if (!act) return
    event.preventDefault()
    byKeys.current = true
    act(chart, event.shiftKey ? 10 : 1)
    if (event.key === 'Escape') setSaid('')
  }

  return (
    <>
      <div
        ref={place}
        role="application"
        aria-label={`Price chart, ${ranges[range].words}`}
        aria-describedby={`${id}-keys`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it takes its own keys, as its role says.
        tabIndex={0}
        onKeyDown={press}
        onPointerMove={() => {
          byKeys.current = false
        }}
        onBlur={() => drawing.current?.leave()}
        className="h-full w-full touch-pan-y rounded-sm"
      />
      <span id={`${id}-keys`} className="sr-only">
        Arrow keys walk along the line, Home and End go to its ends, plus and minus zoom, Escape lets go.
      </span>
      <span aria-live="polite" className="sr-only">
        {said}
      </span>
    </>
  )
}

type Act = (chart: Drawing, step: number) => void

const keys: Record<string, Act> = Object.fromEntries<Act>([
  ['ArrowLeft', (chart, step) => chart.walk(-step)],
  ['ArrowRight', (chart, step) => chart.walk(step)],
  ['Home', (chart) => chart.walkTo('first')],
  ['End', (chart) => chart.walkTo('last')],
  ['+', (chart) => chart.zoom(1.5)],
  ['=', (chart) => chart.zoom(1.5)],
  ['-', (chart) => chart.zoom(1 / 1.5)],
  [
    'Escape',
    (chart) => {
      chart.leave()
      chart.home()
    },
  ],
])

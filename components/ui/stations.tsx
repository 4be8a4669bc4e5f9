'use client'

import { Check, ChevronDown, TriangleAlert, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Amount } from '#components/ui/amount.tsx'
import { cx } from '#components/ui/cx.ts'
import { RelativeTime } from '#components/ui/relative-time.tsx'

export type StationState = 'done' | 'now' | 'next' | 'stopped' | 'attention'

export type Station = {
  name: string
  title: string
  state: StationState
  /** When it was reached. */
  at: string | null
  /** Stands in place of when it was reached, while there is more to say. */
  note?: ReactNode
  amount: { value: string; code: string } | null
  /** What the station opens to. */
  proof: ReactNode
}

/** The causeway: a line of stations that fills as the money moves. Each station that was reached opens to its proof. */
export function Stations({ label, stations }: { label: string; stations: Station[] }) {
  return (
    <ol aria-label={label}>
      {stations.map((station, index) => (
        <li key={station.name} className="flex gap-3.5" aria-current={station.state === 'now' ? 'step' : undefined}>
          <div className="flex flex-col items-center pt-1.5">
            <Dot state={station.state} last={index === stations.length - 1} />
            {index < stations.length - 1 && (
              <span aria-hidden="true" className="relative my-1 w-0.5 flex-1 rounded-full bg-line">
                <span
                  className={cx(
                    'absolute inset-x-0 top-0 rounded-full bg-tide transition-[height] duration-200',
                    station.state === 'done' ? 'h-full' : 'h-0',
                  )}
                />
              </span>
            )}
          </div>
          <div className={cx('min-w-0 flex-1', index < stations.length - 1 && 'pb-2')}>
            <StationBody station={station} />
          </div>
        </li>
      ))}
    </ol>
  )
}

function StationBody({ station }: { station: Station }) {
  const line = (
    <span className="flex min-h-12 flex-1 items-start justify-between gap-4 py-1.5">
      <span className="min-w-0">
        <span className={cx('block', station.state === 'next' ? 'text-ink-3' : 'font-medium text-ink')}>
          {station.title}
          <span className="sr-only">: {spoken[station.state]}</span>
        </span>
        <span className="block h-5 text-sm text-ink-3">
          {station.note ?? (station.at && <RelativeTime at={station.at} />)}
        </span>
      </span>
      {station.amount && (
        <Amount
          value={station.amount.value}
          code={station.amount.code}
          className={station.state === 'next' ? 'text-ink-3' : 'text-ink'}
        />
      )}
    </span>
  )
  if (!station.at) return <div className="flex pr-6">{line}</div>
  return (
    <details className="group -mx-2 rounded-md px-2 open:bg-surface">
      <summary className="flex list-none items-start gap-2 rounded-sm">
        {line}
        <ChevronDown
          aria-hidden="true"
          className="mt-2.5 size-4 shrink-0 text-ink-3 transition-transform group-open:rotate-180"
        />
      </summary>
      {station.proof}
    </details>
  )
}

const spoken: Record<StationState, string> = {
  done: 'done',
  now: 'under way',
  next: 'not yet',
  stopped: 'ended here',
  attention: 'needs attention',
}

const dots: Record<StationState, string> = {
  done: 'bg-tide text-on-tide',
  now: 'border-2 border-tide',
  next: 'border-2 border-line',
  stopped: 'bg-brick text-on-brick',
  attention: 'bg-lamp-soft text-lamp border-2 border-lamp',
}

function Dot({ state, last }: { state: StationState; last: boolean }) {
  return (
    <span
      aria-hidden="true"
      className={cx(
        'grid size-6 shrink-0 place-items-center rounded-full transition-colors duration-200',
        last && state === 'done' ? 'bg-moss text-surface' : dots[state],
      )}
    >
      {state === 'done' && <Check className="size-3.5" strokeWidth={3} />}
      {state === 'now' && <span className="size-2 animate-breathe rounded-full bg-tide" />}
      {state === 'stopped' && <X className="size-3.5" strokeWidth={3} />}
      {state === 'attention' && <TriangleAlert className="size-3" strokeWidth={2.5} />}
    </span>
  )
}

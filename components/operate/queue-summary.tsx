import type { ReactNode } from 'react'
import { cx } from '#components/ui/cx.ts'
import { RelativeTime } from '#components/ui/relative-time.tsx'

type QueueSummaryProps = {
  counts: { failed: number; retrying: number; due: number; running: number; waiting: number }
  oldestDueAt: string | null
}

/** The queue at a glance: what failed, what is late, what moves. */
export function QueueSummary({ counts, oldestDueAt }: QueueSummaryProps) {
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-md border border-line bg-line sm:grid-cols-3 lg:grid-cols-6">
      <Figure name="Failed for good" value={counts.failed} bad={counts.failed > 0} />
      <Figure name="Tried again" value={counts.retrying} warn={counts.retrying > 0} />
      <Figure name="Due" value={counts.due} />
      <Figure name="Running" value={counts.running} />
      <Figure name="Waiting for its time" value={counts.waiting} />
      <Figure
        name="Oldest due since"
        value={oldestDueAt ? <RelativeTime at={oldestDueAt} className="text-base" /> : 'Nothing is late'}
        small
      />
    </dl>
  )
}

type FigureProps = { name: string; value: ReactNode; bad?: boolean; warn?: boolean; small?: boolean }

function Figure({ name, value, bad = false, warn = false, small = false }: FigureProps) {
  return (
    <div className="bg-raised px-4 py-3">
      <dt className="text-xs text-ink-3">{name}</dt>
      <dd
        className={cx(
          'mt-1 flex h-7 items-center font-semibold tabular-nums tracking-tight',
          small ? 'text-base' : 'text-lg',
          bad && 'text-brick',
          warn && 'text-lamp',
        )}
      >
        {value}
      </dd>
    </div>
  )
}

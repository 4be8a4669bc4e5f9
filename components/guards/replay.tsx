'use client'

import type { Route } from 'next'
import Link from 'next/link'
import { useState } from 'react'
import { blastOf, blastSentence } from '#components/guards/blast.ts'
import { VerdictBadge } from '#components/guards/verdict-badge.tsx'
import { payeeName } from '#components/intents/payee.tsx'
import type { ApiFailure } from '#components/onramp/api.ts'
import { Amount } from '#components/ui/amount.tsx'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import type { GuardReplay } from '#lib/guards/schema.ts'

type ReplayProps = {
  replay: GuardReplay | null
  failure: ApiFailure | null
  /** What is shown is of the rules before the last change. */
  stale: boolean
  /** Whether every rule is whole: only then are payments judged by them. */
  whole: boolean
  changed: boolean
  again: () => void
}

/** The latest payments under the rules as they are edited, beside what the saved ones make of them. */
export function Replay({ replay, failure, stale, whole, changed, again }: ReplayProps) {
  return (
    <div aria-busy={stale && whole} className="flex flex-col gap-3 px-5 pb-5">
      {failure && (
        <Notice
          tone="failed"
          title="The payments could not be judged again"
          action={
            <Button size="sm" variant="secondary" onClick={again}>
              Try again
            </Button>
          }
        >
          {failure.detail}
        </Notice>
      )}
      {replay && !failure && (
        <>
          {stale ? <Waiting whole={whole} /> : <Summary replay={replay} changed={changed} />}
          <Payments replay={replay} />
        </>
      )}
      {!replay && !failure && (whole ? <Skeleton className="h-24 w-full rounded-md" /> : <Waiting whole={whole} />)}
    </div>
  )
}

function Waiting({ whole }: { whole: boolean }) {
  return (
    <p role="status" className="text-sm text-ink-2">
      {whole ? 'Judging them again…' : 'They are judged again once every rule is whole.'}
    </p>
  )
}

function Summary({ replay, changed }: { replay: GuardReplay; changed: boolean }) {
  const { payments, edited } = replay
  const blast = blastOf(replay)
  if (payments.length === 0) {
    return (
      <p className="text-sm text-ink-2">
        There are no payments yet. Once there are, you see here what a change would have meant.
      </p>
    )
  }
  return (
    <div role="status" className="text-sm">
      {blast.length > 0 ? (
        <ul className="flex flex-col gap-1">
          {blast.map((each) => (
            <li key={`${each.from} ${each.to}`} className={each.looser ? 'font-medium text-lamp' : 'font-medium'}>
              {blastSentence(each)}
            </li>
          ))}
        </ul>
      ) : (
        changed && <p className="font-medium">None of the last {payments.length} would have ended otherwise.</p>
      )}
      <p className="mt-1 text-ink-2 tabular-nums">
        Of the last {payments.length}: {edited.approved?.payments ?? 0} through (${edited.approved?.dollars ?? '0.00'}),{' '}
        {edited.needs_approval?.payments ?? 0} asked, {edited.denied?.payments ?? 0} refused.
      </p>
    </div>
  )
}

/** Those that would end otherwise first, then the others; a few until more are wanted. */
function Payments({ replay }: { replay: GuardReplay }) {
  const [all, setAll] = useState(false)
  const sorted = replay.payments.toSorted((a, b) => Number(b.saved !== b.edited) - Number(a.saved !== a.edited))
  const shown = all ? sorted : sorted.slice(0, 5)
  if (sorted.length === 0) return null
  return (
    <>
      <ul aria-label="Payments, judged again" className="divide-y divide-line rounded-md border border-line">
        {shown.map((payment) => (
          <li key={payment.intentId} className="px-3.5 py-2.5 text-sm">
            <div className="flex flex-wrap items-baseline justify-between gap-x-3">
              <Link
                href={`/intents/${payment.intentId}` as Route}
                prefetch={false}
                className="min-w-0 truncate rounded-sm font-medium underline-offset-4 hover:underline"
              >
                {payeeName(payment)}
              </Link>
              <Amount value={payment.amount} code={payment.asset} className="font-medium" />
            </div>
            <div className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1">
              {payment.saved !== payment.edited && (
                <>
                  <VerdictBadge verdict={payment.saved} />
                  <span className="text-ink-3">now,</span>
                </>
              )}
              <VerdictBadge verdict={payment.edited} />
              {payment.saved !== payment.edited && <span className="text-ink-3">by these</span>}
              <RelativeTime at={payment.at} className="ml-auto text-xs text-ink-3" />
            </div>
            <Why payment={payment} />
          </li>
        ))}
      </ul>
      {sorted.length > 5 && (
        <Button variant="quiet" size="sm" className="self-start" onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show all ${sorted.length}`}
        </Button>
      )}
    </>
  )
}

/** The first thing that stops a payment, or asks about it. */
function Why({ payment }: { payment: GuardReplay['payments'][number] }) {
  const { guardResults, edited } = payment
  const decisive = guardResults.find(({ outcome }) => outcome === (edited === 'denied' ? 'refuse' : 'ask'))
  return decisive ? <p className="mt-0.5 text-xs text-ink-3">{decisive.reason}</p> : null
}

'use client'

import { ChevronRight } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { IntentBadge } from '#components/intents/intent-badge.tsx'
import { payeeName } from '#components/intents/payee.tsx'
import { networkName } from '#components/onramp/network-name.ts'
import { Amount } from '#components/ui/amount.tsx'
import { Card } from '#components/ui/card.tsx'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import type { Intent } from '#lib/intents/schema.ts'

const rowStyle =
  'relative grid items-center gap-x-4 gap-y-0.5 px-4 py-3 hover:bg-surface sm:px-5 ' +
  "grid-cols-[minmax(0,1fr)_auto] [grid-template-areas:'payee_amount'_'purpose_time'_'status_status'] " +
  "sm:grid-cols-[minmax(0,1fr)_9rem_11rem_1.25rem] sm:[grid-template-areas:'payee_amount_status_open'_'purpose_time_status_open']"

/** Payments, one a row; each opens where its money is. */
export function IntentList({ intents }: { intents: Intent[] }) {
  return (
    <Card>
      <ul className="divide-y divide-line">
        {intents.map((intent) => (
          <IntentRow key={intent.id} intent={intent} />
        ))}
      </ul>
    </Card>
  )
}

function IntentRow({ intent }: { intent: Intent }) {
  return (
    <li className={rowStyle}>
      {/* The link covers the row; the words in it are what screen readers say. */}
      <Link
        href={`/intents/${intent.id}` as Route}
        prefetch={false}
        className="truncate font-medium [grid-area:payee] after:absolute after:inset-0 after:rounded-md"
      >
        {payeeName(intent)}
      </Link>
      <p className="truncate text-sm text-ink-3 [grid-area:purpose]" title={intent.purpose}>
        {intent.agentName ?? 'Your own wallet'} · {networkName(intent.network)} · {intent.purpose}
      </p>
      <Amount value={intent.amount} code={intent.asset} className="text-right [grid-area:amount]" />
      <RelativeTime at={intent.createdAt} className="text-right text-sm text-ink-3 [grid-area:time]" />
      <div className="justify-self-start [grid-area:status] max-sm:mt-1.5 sm:justify-self-end">
        <IntentBadge status={intent.status} />
      </div>
      <ChevronRight aria-hidden="true" className="hidden size-4.5 text-ink-3 [grid-area:open] sm:block" />
    </li>
  )
}

'use client'

import type { Route } from 'next'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { ApprovalCard } from '#components/intents/approval-card.tsx'
import { IntentBadge } from '#components/intents/intent-badge.tsx'
import { intentWords } from '#components/intents/intent-words.ts'
import { payeeName } from '#components/intents/payee.tsx'
import { Card } from '#components/ui/card.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { showAmount } from '#components/ui/show-amount.ts'
import { useLocale } from '#components/ui/use-locale.ts'
import type { Intent } from '#lib/intents/schema.ts'

type WaitingListProps = { waiting: Intent[]; count: number }

/** What needs its person first: each with all that has to be known to decide it here. */
export function WaitingList({ waiting, count }: WaitingListProps) {
  const router = useRouter()
  const [decided, setDecided] = useState<Intent[]>([])
  const open = waiting.filter(
    ({ id, status }) => !decided.some((each) => each.id === id && status === 'needs_approval'),
  )

  function onDecided(intent: Intent) {
    setDecided((before) => [intent, ...before].slice(0, 3))
    router.refresh()
  }

  if (open.length === 0 && decided.length === 0) return null
  return (
    <section aria-labelledby="waiting" className="mb-6">
      <h2 id="waiting" className="mb-3 text-base">
        {count > 1 ? `Needs you first (${count})` : count === 1 ? 'Needs you first' : 'Being looked after'}
      </h2>
      <div className="space-y-3">
        {decided.map((intent) => (
          <Decided key={intent.id} intent={intent} />
        ))}
        {open.map((intent) => (
          <Card key={intent.id} className="p-5">
            {intent.status === 'needs_approval' ? (
              <ApprovalCard intent={intent} onDecided={onDecided} more={<Open intent={intent} />} />
            ) : (
              <Waiting intent={intent} />
            )}
          </Card>
        ))}
      </div>
      {count > open.length && open.length > 0 && (
        <p className="mt-3 text-sm text-ink-2">
          These end first of {count}.{' '}
          <Link href={'/intents?status=needs_approval' as Route} className="rounded-sm underline underline-offset-4">
            All that wait
          </Link>
        </p>
      )}
    </section>
  )
}

function Decided({ intent }: { intent: Intent }) {
  const locale = useLocale()
  const amount = showAmount(intent.amount, intent.asset, locale)
  const approved = intent.approval?.decision === 'approve'
  return (
    <Notice
      tone={approved ? 'arrived' : 'info'}
      title={approved ? `Approved: ${amount} to ${payeeName(intent)}` : `Denied: ${amount} to ${payeeName(intent)}`}
      announce
      action={
        <LinkButton href={`/intents/${intent.id}` as Route} variant="secondary" size="sm" prefetch={false}>
          {approved ? 'Follow it' : 'Open it'}
        </LinkButton>
      }
    >
      {approved ? 'It is sent now, unless a guard lets it wait.' : 'Nothing moved and nothing is held any more.'}
    </Notice>
  )
}

/** What waits for a signature, or what nobody is certain about: it is dealt with on its own page. */
function Waiting({ intent }: { intent: Intent }) {
  const locale = useLocale()
  const words = intentWords(intent, locale, Date.parse(intent.createdAt))
  return (
    <div className="flex flex-wrap items-start justify-between gap-4 text-sm">
      <div className="min-w-0 flex-1 basis-80">
        <p className="mb-1.5 flex flex-wrap items-center gap-2">
          <IntentBadge status={intent.status} />
          <span className="font-medium">To {payeeName(intent)}</span>
        </p>
        <p>{words.sentence}</p>
        <p className="text-ink-2">{words.next}</p>
      </div>
      <Open intent={intent} />
    </div>
  )
}

function Open({ intent }: { intent: Intent }) {
  return (
    <LinkButton href={`/intents/${intent.id}` as Route} variant="quiet" prefetch={false}>
      {intent.status === 'awaiting_signature' ? 'Sign it' : 'Open'}
      <span className="sr-only"> the payment to {payeeName(intent)}</span>
    </LinkButton>
  )
}

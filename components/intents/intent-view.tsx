'use client'

import { ReceiptText, ShieldCheck, WifiOff } from 'lucide-react'
import type { Route } from 'next'
import { useEffect } from 'react'
import { ApprovalCard } from '#components/intents/approval-card.tsx'
import { CancelIntent } from '#components/intents/cancel-intent.tsx'
import { GuardResults } from '#components/intents/guard-results.tsx'
import { IntentBadge } from '#components/intents/intent-badge.tsx'
import { IntentFacts } from '#components/intents/intent-facts.tsx'
import { IntentStations } from '#components/intents/intent-stations.tsx'
import { intentWord, intentWords } from '#components/intents/intent-words.ts'
import { LinkRefund } from '#components/intents/link-refund.tsx'
import { useIntent } from '#components/intents/use-intent.ts'
import { SignIntent } from '#components/sign/sign-intent.tsx'
import { Card } from '#components/ui/card.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { useLocale } from '#components/ui/use-locale.ts'
import { useNow } from '#components/ui/use-now.ts'
import type { IntentDetail } from '#lib/intents/schema.ts'

/** One payment, moving by itself: where its money is, what a person may do about it, and how it came to that. */
export function IntentView({ intent: first }: { intent: IntentDetail }) {
  const { intent, stale, look } = useIntent(first)
  const locale = useLocale()
  const now = useNow()
  const words = intentWords(intent, locale, now ?? Date.parse(intent.createdAt))
  useEffect(() => {
    document.title = `${intentWord(intent.status)} · Causeway`
  }, [intent.status])

  return (
    <Card className="grid grid-cols-1 md:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="min-w-0 p-5 sm:p-8">
        <div className="flex min-h-6 flex-wrap items-center justify-between gap-x-4 gap-y-1">
          <IntentBadge status={intent.status} />
          {stale && (
            <span className="flex items-center gap-1.5 text-xs text-lamp" role="status">
              <WifiOff aria-hidden="true" className="size-3.5" />
              Reconnecting. This may be a moment old.
            </span>
          )}
        </div>
        <div aria-live="polite" aria-atomic="true" className="mt-4 min-h-22">
          <h1 className="text-lg sm:max-w-140">{words.sentence}</h1>
          <p className="mt-2 text-sm text-ink-2 sm:max-w-140">{words.next}</p>
        </div>
        <Actions intent={intent} look={look} />
        <section aria-label="Its way" className="mt-7">
          <IntentStations intent={intent} />
        </section>
        <section className="mt-7 border-line border-t pt-6">
          <h2 className="mb-3 text-base">What the guards said</h2>
          <GuardResults results={intent.guardResults} />
        </section>
      </div>
      <aside
        aria-label="What is paid"
        className="min-w-0 border-line border-t bg-surface p-5 max-md:rounded-b-md sm:p-8 md:rounded-r-md md:border-t-0 md:border-l"
      >
        <IntentFacts intent={intent} />
      </aside>
    </Card>
  )
}

function Actions({ intent, look }: { intent: IntentDetail; look: () => void }) {
  if (intent.status === 'needs_approval') {
    return (
      <div className="mt-5 rounded-md border border-lamp/30 bg-lamp-soft/40 p-4 sm:p-5">
        <ApprovalCard intent={intent} onDecided={look} />
      </div>
    )
  }
  return (
    <div className="mt-5 flex flex-wrap gap-2 empty:hidden">
      {intent.receiptId && (
        <LinkButton href={`/receipts/${intent.receiptId}` as Route} prefetch={false}>
          <ReceiptText aria-hidden="true" className="size-4" /> View receipt
        </LinkButton>
      )}
      {intent.status === 'awaiting_signature' && <SignIntent intent={intent} onSigned={look} />}
      {(intent.status === 'approved' || intent.status === 'awaiting_signature') && (
        <CancelIntent intent={intent} onCancelled={look} />
      )}
      {intent.status === 'settled' && <LinkRefund intent={intent} onLinked={look} />}
      {intent.status === 'denied' && intent.approval === null && (
        <LinkButton href={guardsOf(intent)} variant="secondary" prefetch={false}>
          <ShieldCheck aria-hidden="true" className="size-4" /> Look at the guards
        </LinkButton>
      )}
    </div>
  )
}

/** Where the guard that refused it is set. */
function guardsOf({ agentId, guardResults }: IntentDetail): Route {
  const refusing = guardResults.find(({ outcome }) => outcome === 'refuse')
  return (agentId === null || refusing?.scope === 'person' ? '/guards' : `/agents/${agentId}/guards`) as Route
}

'use client'

import { ReceiptText, WifiOff } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { useEffect, useState } from 'react'
import { ChatCard } from '#components/chat/cards/chat-card.tsx'
import { NewBalance } from '#components/chat/cards/new-balance.tsx'
import { Fee, PaymentFacts } from '#components/chat/cards/payment-facts.tsx'
import { ApprovalCard } from '#components/intents/approval-card.tsx'
import { CancelIntent } from '#components/intents/cancel-intent.tsx'
import { GuardResults } from '#components/intents/guard-results.tsx'
import { IntentBadge } from '#components/intents/intent-badge.tsx'
import { IntentStations } from '#components/intents/intent-stations.tsx'
import { intentWords } from '#components/intents/intent-words.ts'
import { payeeName } from '#components/intents/payee.tsx'
import { useIntent } from '#components/intents/use-intent.ts'
import { LinkButton } from '#components/ui/link-button.tsx'
import { showAmount } from '#components/ui/show-amount.ts'
import { useLocale } from '#components/ui/use-locale.ts'
import { useNow } from '#components/ui/use-now.ts'
import type { ChatData } from '#lib/chat/schema.ts'
import type { IntentDetail } from '#lib/intents/schema.ts'

/** A payment in a conversation: what was proposed, what each guard said, and where its money is, live. */
export function PaymentCard({ data }: { data: ChatData['payment'] }) {
  const [first] = useState(() => ({ ...data.intent, transfers: [], receiptId: null }) as IntentDetail)
  const { intent, stale, look } = useIntent(first)
  const locale = useLocale()
  const now = useNow()
  // What was kept is how it stood when it was said.
  useEffect(look, [look])
  const words = intentWords(intent, locale, now ?? Date.parse(intent.createdAt))
  const title = `${showAmount(intent.amount, intent.asset, locale)} to ${payeeName(intent)}`
  const begun = ['executing', 'unknown', 'settled', 'failed', 'refunded'].includes(intent.status)

  return (
    <ChatCard
      label={`Payment of ${title}`}
      title={<span className="break-words">{title}</span>}
      end={<IntentBadge status={intent.status} />}
    >
      <div aria-live="polite" aria-atomic="true" className="mb-4 min-h-11 text-sm">
        <p>{words.sentence}</p>
        <p className="mt-0.5 text-ink-2">{words.next}</p>
        {stale && (
          <p className="mt-1 flex items-center gap-1.5 text-lamp">
            <WifiOff aria-hidden="true" className="size-3.5" /> Reconnecting. This may be a moment old.
          </p>
        )}
      </div>
      {intent.status === 'needs_approval' ? (
        <>
          <ApprovalCard intent={intent} onDecided={look} more={<Open id={intent.id} />} />
          <p className="mt-3 text-sm text-ink-2">
            Network fee: <Fee fee={data.fee} />
          </p>
        </>
      ) : (
        <PaymentFacts payment={intent} fee={data.fee} />
      )}
      {begun && (
        <div className="mt-4 border-line border-t pt-4">
          <IntentStations intent={intent} />
        </div>
      )}
      {intent.status === 'settled' && <NewBalance walletId={intent.walletId} asset={intent.asset} />}
      <details className="mt-4 border-line border-t pt-3" open={intent.status === 'denied'}>
        <summary className="cursor-pointer rounded-sm text-sm font-medium text-ink-2 hover:text-ink">
          What each guard said ({intent.guardResults.length})
        </summary>
        <div className="pt-3">
          <GuardResults results={intent.guardResults} />
        </div>
      </details>
      {intent.status !== 'needs_approval' && (
        <div className="mt-4 flex flex-wrap items-center gap-2">
          {intent.receiptId && (
            <LinkButton href={`/receipts/${intent.receiptId}` as Route} size="sm" prefetch={false}>
              <ReceiptText aria-hidden="true" className="size-4" /> View receipt
            </LinkButton>
          )}
          {intent.status === 'approved' && <CancelIntent intent={intent} onCancelled={look} />}
          <Open id={intent.id} />
        </div>
      )}
    </ChatCard>
  )
}

function Open({ id }: { id: string }) {
  return (
    <Link
      href={`/intents/${id}` as Route}
      prefetch={false}
      className="rounded-sm px-1 text-sm text-ink-2 underline decoration-edge underline-offset-4 hover:text-ink"
    >
      Open the payment
    </Link>
  )
}

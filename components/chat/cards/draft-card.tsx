'use client'

import { Check } from 'lucide-react'
import { ChatCard } from '#components/chat/cards/chat-card.tsx'
import { PaymentFacts } from '#components/chat/cards/payment-facts.tsx'
import { GuardResults } from '#components/intents/guard-results.tsx'
import { payeeName } from '#components/intents/payee.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { showAmount } from '#components/ui/show-amount.ts'
import { useLocale } from '#components/ui/use-locale.ts'
import type { Draft } from '#lib/chat/schema.ts'

type DraftCardProps = { draft: Draft; confirmed: boolean; busy: boolean; onConfirm: () => void }

/** A payment that was read out of a text: it holds and moves nothing, and is confirmed as it stands here or not at all. */
export function DraftCard({ draft, confirmed, busy, onConfirm }: DraftCardProps) {
  const locale = useLocale()
  const title = `${showAmount(draft.amount, draft.asset, locale)} to ${payeeName(draft)}`
  const { status, guardResults } = draft.simulation
  return (
    <ChatCard
      label={`Draft of ${title}`}
      title={<span className="break-words">Draft: {title}</span>}
      end={<Badge tone={confirmed ? 'arrived' : 'waiting'}>{confirmed ? 'Confirmed' : 'Not paid'}</Badge>}
    >
      {draft.warnings.length > 0 && (
        <Notice tone="attention" title="Look at the recipient first" className="mb-4">
          {draft.warnings.map((warning) => (
            <p key={warning}>{warning}</p>
          ))}
        </Notice>
      )}
      <PaymentFacts payment={draft} fee={draft.fee} />
      <details className="mt-4 border-line border-t pt-3">
        <summary className="cursor-pointer rounded-sm text-sm font-medium text-ink-2 hover:text-ink">
          {
            {
              approved: 'Your guards would let it pass',
              needs_approval: 'Your guards would ask you',
              denied: 'Your guards would refuse it',
            }[status]
          }
        </summary>
        <div className="pt-3">
          <GuardResults results={guardResults} />
        </div>
      </details>
      {!confirmed && status !== 'denied' && (
        <Button className="mt-4 max-sm:w-full" busy={busy} onClick={onConfirm}>
          <Check aria-hidden="true" className="size-4" />
          <span className="max-w-70 truncate">Pay {title}</span>
        </Button>
      )}
    </ChatCard>
  )
}

import { ReceiptText } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { IntentBadge } from '#components/intents/intent-badge.tsx'
import { Amount } from '#components/ui/amount.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import type { Intent } from '#lib/intents/schema.ts'

type AgentPaymentsProps = { name: string; intents: Intent[] }

/** What an agent last proposed, and what became of each. */
export function AgentPayments({ name, intents }: AgentPaymentsProps) {
  if (intents.length === 0) {
    return (
      <EmptyState icon={ReceiptText} title="No payments yet">
        Ask {name} to pay somebody, or let your software propose a payment with a key.
      </EmptyState>
    )
  }
  return (
    <ul className="divide-y divide-line border-line border-t">
      {intents.map((intent) => (
        <li key={intent.id}>
          <Link
            href={`/intents/${intent.id}` as Route}
            prefetch={false}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5 px-5 py-3 -outline-offset-2 transition-colors hover:bg-sunk"
          >
            <span className="min-w-0 flex-1 basis-48">
              <span className="block truncate text-sm font-medium">{intent.recipient}</span>
              <span className="block truncate text-sm text-ink-3">{intent.purpose}</span>
            </span>
            <span className="text-right">
              <Amount value={intent.amount} code={intent.asset} className="block text-sm font-medium" />
              <RelativeTime at={intent.createdAt} className="text-xs text-ink-3" />
            </span>
            <span className="flex w-34 justify-end">
              <IntentBadge status={intent.status} />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}

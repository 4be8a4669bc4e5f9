import { ChevronRight } from 'lucide-react'
import { SessionBadge } from '#components/activity/session-badge.tsx'
import type { ActivityItem } from '#components/activity/types.ts'
import { Amount } from '#components/ui/amount.tsx'
import { Card } from '#components/ui/card.tsx'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import { isNetwork } from '#lib/money/assets.ts'
import { networks } from '#lib/rails/chain/networks.ts'

const rowStyle =
  'relative grid items-center gap-x-4 gap-y-1 px-4 py-3.5 hover:bg-surface sm:px-5 ' +
  "grid-cols-[minmax(0,1fr)_auto] [grid-template-areas:'amount_price'_'where_where'_'status_time'] " +
  "sm:grid-cols-[minmax(0,1.3fr)_minmax(0,0.8fr)_14rem_1.25rem] sm:[grid-template-areas:'amount_price_status_open'_'where_time_status_open']"

function SessionRow({ item, href }: { item: ActivityItem; href: string }) {
  const { quote } = item
  const arrives = item.deliveredAmount ?? quote.destinationAmount
  return (
    <li className={rowStyle}>
      {/* The link covers the row; the words in it are what screen readers say. */}
      <a href={href} className="font-medium [grid-area:amount] after:absolute after:inset-0 after:rounded-md">
        <Amount value={arrives} code={item.asset} />
      </a>
      <p className="truncate text-sm text-ink-3 [grid-area:where]">
        on {isNetwork(item.network) ? networks[item.network].label : item.network} · to{' '}
        <span className="font-mono">
          {item.walletAddress.slice(0, 6)}…{item.walletAddress.slice(-4)}
        </span>
      </p>
      <p className="text-right text-sm [grid-area:price] sm:text-left">
        <span className="text-ink-3">for </span>
        <Amount value={quote.totalAmount} code={quote.sourceCurrency} />
      </p>
      <RelativeTime
        at={item.createdAt}
        className="self-center text-right text-sm text-ink-3 [grid-area:time] sm:text-left"
      />
      <div className="flex items-center gap-3 [grid-area:status] max-sm:flex-row-reverse max-sm:justify-self-start sm:justify-self-end">
        {item.receiptUrl && (
          <a href={item.receiptUrl} className="relative z-10 rounded-sm py-1 text-sm underline underline-offset-4">
            Receipt
          </a>
        )}
        <SessionBadge status={item.status} />
      </div>
      <ChevronRight aria-hidden="true" className="hidden size-4.5 self-center text-ink-3 [grid-area:open] sm:block" />
    </li>
  )
}

type SessionListProps = { items: ActivityItem[]; hrefOf: (item: ActivityItem) => string }

/** Purchases, one a row; each opens where its money is. */
export function SessionList({ items, hrefOf }: SessionListProps) {
  return (
    <Card>
      <ul className="divide-y divide-line">
        {items.map((item) => (
          <SessionRow key={item.id} item={item} href={hrefOf(item)} />
        ))}
      </ul>
    </Card>
  )
}

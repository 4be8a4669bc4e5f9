import { CircleCheck } from 'lucide-react'
import { orFromTheBeginning, readParams, type SearchParams } from '#app/(operator)/operate/params.ts'
import { requireOperator } from '#app/(operator)/operate/require-operator.ts'
import { Pager } from '#components/activity/pager.tsx'
import { SessionBadge } from '#components/activity/session-badge.tsx'
import { StatusFilter } from '#components/activity/status-filter.tsx'
import { DeskLink } from '#components/operate/desk-link.tsx'
import { DeskCell, DeskRow, DeskTable } from '#components/operate/desk-table.tsx'
import { Amount } from '#components/ui/amount.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Card } from '#components/ui/card.tsx'
import { CopyAddress } from '#components/ui/copy-address.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import { type DeskSession, listDeskSessions, sessionFilters } from '#lib/operate/list-sessions.ts'

const path = '/operate'
const columns = [
  'Session',
  'Status',
  'Created',
  { name: 'Pays', right: true as const },
  { name: 'Arrives', right: true as const },
  'Where',
  'Buyer',
  'Stripe',
]

export default async function SessionsPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireOperator()
  const { status, cursor } = await readParams(searchParams, ['status', 'cursor'])
  const filter = sessionFilters.find((each) => each === status)
  const { items, nextCursor } = await orFromTheBeginning(path, () =>
    listDeskSessions({
      actor,
      ...(filter ? { filter } : {}),
      ...(cursor ? { cursor } : {}),
    }),
  )
  return (
    <main id="main">
      <h1 className="sr-only">Sessions</h1>
      <div className="mb-4">
        <StatusFilter path={path} statuses={sessionFilters} current={filter} />
      </div>
      {items.length === 0 ? (
        <Card>
          <EmptyState icon={CircleCheck} title={filter === 'attention' ? 'Nothing to look at' : 'Nothing here'}>
            Sessions show up here the moment they are made.
          </EmptyState>
        </Card>
      ) : (
        <DeskTable label="Sessions" columns={columns}>
          {items.map((item) => (
            <SessionRow key={item.id} item={item} />
          ))}
        </DeskTable>
      )}
      <Pager path={path} query={{ status: filter }} first={!cursor} nextCursor={nextCursor} />
    </main>
  )
}

function SessionRow({ item }: { item: DeskSession }) {
  return (
    <DeskRow>
      <DeskCell>
        <DeskLink href={`/operate/sessions/${item.id}`}>
          <span className="font-mono">{item.id.slice(0, 8)}</span>
        </DeskLink>
      </DeskCell>
      <DeskCell>
        <span className="flex gap-1.5">
          <SessionBadge status={item.status} />
          {item.attentionCode && <span className="font-mono text-xs leading-6 text-ink-3">{item.attentionCode}</span>}
          {item.paidLate === 'open' && <Badge tone="attention">Paid late</Badge>}
          {item.paidLate === 'settled' && <Badge tone="arrived">Settled</Badge>}
        </span>
      </DeskCell>
      <DeskCell>
        <RelativeTime at={item.createdAt} />
      </DeskCell>
      <DeskCell right>
        <Amount value={item.totalAmount} code={item.sourceCurrency} />
      </DeskCell>
      <DeskCell right>
        <Amount value={item.arrives} code={item.asset} />
      </DeskCell>
      <DeskCell>
        <span className="flex items-center gap-2">
          <CopyAddress value={item.walletAddress} label="Wallet" />
          <span className="text-ink-3">{item.network}</span>
        </span>
      </DeskCell>
      <DeskCell>{item.owner === 'account' ? 'Account' : 'Guest'}</DeskCell>
      <DeskCell>
        <span className="font-mono text-xs text-ink-2">{item.stripeStatus ?? '—'}</span>
      </DeskCell>
    </DeskRow>
  )
}

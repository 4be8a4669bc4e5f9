import { Bot } from 'lucide-react'
import type { Metadata } from 'next'
import { orFromTheBeginning, readParams, type SearchParams } from '#app/(operator)/operate/params.ts'
import { requireOperator } from '#app/(operator)/operate/require-operator.ts'
import { Pager } from '#components/activity/pager.tsx'
import { StatusFilter } from '#components/activity/status-filter.tsx'
import { IntentBadge } from '#components/intents/intent-badge.tsx'
import { AsideLink, DeskLink } from '#components/operate/desk-link.tsx'
import { DeskCell, DeskRow, DeskTable } from '#components/operate/desk-table.tsx'
import { CircleTransferBadge } from '#components/operate/status-badges.tsx'
import { Amount } from '#components/ui/amount.tsx'
import { Card } from '#components/ui/card.tsx'
import { CopyAddress } from '#components/ui/copy-address.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import { type DeskPayment, listPayments, paymentFilters } from '#lib/operate/list-payments.ts'
import { listShortWallets } from '#lib/operate/list-short-wallets.ts'

export const metadata: Metadata = { title: 'Payments' }

const path = '/operate/payments'
const filterWords: Record<string, string> = {
  attention: 'To look at',
  moving: 'On their way',
  settled: 'Paid',
  failed: 'Failed',
}
const columns = [
  'Payment',
  'Status',
  'At Circle',
  'Agent',
  'Created',
  { name: 'Amount', right: true as const },
  'Network',
  'To',
  'Transaction',
  { name: 'Blocks', right: true as const },
]

export default async function PaymentsPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireOperator()
  const { status: asked, cursor } = await readParams(searchParams, ['status', 'cursor'])
  const filter = paymentFilters.find((each) => each === asked)
  const [{ items, nextCursor }, short] = await Promise.all([
    orFromTheBeginning(path, () =>
      listPayments({ actor, ...(filter ? { filter } : {}), ...(cursor ? { cursor } : {}) }),
    ),
    listShortWallets({ actor }),
  ])
  return (
    <main id="main">
      <h1 className="sr-only">Payments</h1>
      {short.length > 0 && (
        <div className="mb-4">
          <Notice
            tone="failed"
            title={`${short.length === 1 ? 'A wallet holds' : `${short.length} wallets hold`} less than the ledger says`}
          >
            <AsideLink href="/operate/wallets">See what is missing</AsideLink>
          </Notice>
        </div>
      )}
      <div className="mb-4">
        <StatusFilter
          path={path}
          statuses={paymentFilters}
          current={filter}
          word={(status) => filterWords[status] ?? status}
        />
      </div>
      {items.length === 0 ? (
        <Card>
          <EmptyState icon={Bot} title={filter === 'attention' ? 'Nothing to look at' : 'Nothing here'}>
            Every payment that Circle makes for an agent shows up here, with its transfer on chain.
          </EmptyState>
        </Card>
      ) : (
        <DeskTable label="Payments" columns={columns}>
          {items.map((item) => (
            <PaymentRow key={item.id} item={item} />
          ))}
        </DeskTable>
      )}
      <Pager path={path} query={{ status: filter }} first={!cursor} nextCursor={nextCursor} />
    </main>
  )
}

function PaymentRow({ item }: { item: DeskPayment }) {
  return (
    <DeskRow>
      <DeskCell>
        <DeskLink href={`${path}/${item.id}`}>
          <span className="font-mono">{item.id.slice(0, 8)}</span>
        </DeskLink>
      </DeskCell>
      <DeskCell>
        <IntentBadge status={item.status} />
      </DeskCell>
      <DeskCell>
        <CircleTransferBadge status={item.transferStatus} />
      </DeskCell>
      <DeskCell>{item.agent}</DeskCell>
      <DeskCell>
        <RelativeTime at={item.createdAt} />
      </DeskCell>
      <DeskCell right>
        <Amount value={item.amount} code={item.asset} />
      </DeskCell>
      <DeskCell>{item.network}</DeskCell>
      <DeskCell>
        <CopyAddress value={item.to} label="Recipient" />
      </DeskCell>
      <DeskCell>
        {item.hash ? <CopyAddress value={item.hash} label="Transaction" href={item.explorerUrl} /> : '—'}
      </DeskCell>
      <DeskCell right>
        {item.confirmations} / {item.required}
      </DeskCell>
    </DeskRow>
  )
}

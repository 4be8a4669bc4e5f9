import { ArrowLeftRight } from 'lucide-react'
import type { Metadata } from 'next'
import { orFromTheBeginning, readParams, type SearchParams } from '#app/(operator)/operate/params.ts'
import { requireOperator } from '#app/(operator)/operate/require-operator.ts'
import { Pager } from '#components/activity/pager.tsx'
import { StatusFilter } from '#components/activity/status-filter.tsx'
import { AsideLink, DeskLink } from '#components/operate/desk-link.tsx'
import { DeskCell, DeskRow, DeskTable } from '#components/operate/desk-table.tsx'
import { TransferBadge, transferWord } from '#components/operate/status-badges.tsx'
import { transferKinds } from '#components/operate/transfer-card.tsx'
import { Amount } from '#components/ui/amount.tsx'
import { Card } from '#components/ui/card.tsx'
import { CopyAddress } from '#components/ui/copy-address.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import { type DeskTransfer, listTransfers, transferStatuses } from '#lib/operate/list-transfers.ts'

export const metadata: Metadata = { title: 'Transfers' }

const path = '/operate/transfers'
const columns = [
  'Transfer',
  'Status',
  'Kind',
  'Session',
  'Created',
  { name: 'Amount', right: true as const },
  'Network',
  'From',
  'To',
  'Transaction',
  { name: 'Nonce', right: true as const },
  { name: 'Blocks', right: true as const },
]

export default async function TransfersPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireOperator()
  const { status: asked, cursor } = await readParams(searchParams, ['status', 'cursor'])
  const status = transferStatuses.find((each) => each === asked)
  const { items, nextCursor } = await orFromTheBeginning(path, () =>
    listTransfers({ actor, ...(status ? { status } : {}), ...(cursor ? { cursor } : {}) }),
  )
  return (
    <main id="main">
      <h1 className="sr-only">Transfers</h1>
      <div className="mb-4">
        <StatusFilter path={path} statuses={transferStatuses} current={status} word={transferWord} />
      </div>
      {items.length === 0 ? (
        <Card>
          <EmptyState icon={ArrowLeftRight} title="Nothing here">
            Every token transfer we send, and every payout of Stripe’s that we watch, shows up here with its proof.
          </EmptyState>
        </Card>
      ) : (
        <DeskTable label="Transfers" columns={columns}>
          {items.map((item) => (
            <TransferRow key={item.id} item={item} />
          ))}
        </DeskTable>
      )}
      <Pager path={path} query={{ status }} first={!cursor} nextCursor={nextCursor} />
    </main>
  )
}

function TransferRow({ item }: { item: DeskTransfer }) {
  return (
    <DeskRow>
      <DeskCell>
        <DeskLink href={`${path}/${item.id}`}>
          <span className="font-mono">{item.id.slice(0, 8)}</span>
        </DeskLink>
      </DeskCell>
      <DeskCell>
        <TransferBadge status={item.status} />
      </DeskCell>
      <DeskCell>{transferKinds[item.kind]}</DeskCell>
      <DeskCell>
        {item.sessionId ? (
          <AsideLink href={`/operate/sessions/${item.sessionId}`}>
            <span className="font-mono">{item.sessionId.slice(0, 8)}</span>
          </AsideLink>
        ) : (
          '—'
        )}
      </DeskCell>
      <DeskCell>
        <RelativeTime at={item.createdAt} />
      </DeskCell>
      <DeskCell right>{item.amount && item.asset ? <Amount value={item.amount} code={item.asset} /> : '—'}</DeskCell>
      <DeskCell>{item.network}</DeskCell>
      <DeskCell>{item.from ? <CopyAddress value={item.from} label="Sender" /> : '—'}</DeskCell>
      <DeskCell>
        <CopyAddress value={item.to} label="Recipient" />
      </DeskCell>
      <DeskCell>
        {item.hash ? <CopyAddress value={item.hash} label="Transaction" href={item.explorerUrl} /> : '—'}
      </DeskCell>
      <DeskCell right>{item.nonce ?? '—'}</DeskCell>
      <DeskCell right>
        {item.confirmations} / {item.required}
      </DeskCell>
    </DeskRow>
  )
}

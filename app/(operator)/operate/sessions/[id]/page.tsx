import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { requireOperator } from '#app/(operator)/operate/require-operator.ts'
import { SessionBadge } from '#components/activity/session-badge.tsx'
import { Facts } from '#components/operate/facts.tsx'
import { LedgerLines } from '#components/operate/ledger-lines.tsx'
import { Raw } from '#components/operate/raw.tsx'
import { TransferBadge } from '#components/operate/status-badges.tsx'
import { Timeline } from '#components/operate/timeline.tsx'
import { Amount } from '#components/ui/amount.tsx'
import { Card } from '#components/ui/card.tsx'
import { CopyAddress } from '#components/ui/copy-address.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import { Problem } from '#lib/http/problem.ts'
import type { Transfer } from '#lib/onramp/schema.ts'
import { getSessionDetail, type SessionDetail } from '#lib/operate/session-detail.ts'

export const metadata: Metadata = { title: 'Session' }

export default async function SessionPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireOperator()
  const { id } = await params
  const detail = await getSessionDetail({ actor, id }).catch((error: unknown) => {
    if (error instanceof Problem && error.status === 404) notFound()
    throw error
  })
  const { session, timeline, ledger } = detail
  const { quote } = session
  return (
    <main id="main" className="mx-auto flex max-w-220 flex-col gap-6">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h1 className="text-lg">
            <Amount value={session.deliveredAmount ?? quote.destinationAmount} code={session.asset} /> for{' '}
            <Amount value={quote.totalAmount} code={quote.sourceCurrency} />
          </h1>
          <p className="mt-1 font-mono text-sm break-all text-ink-3">{session.id}</p>
        </div>
        <SessionBadge status={session.status} />
      </div>
      {session.attention && (
        <Notice tone="attention" title={session.attention.detail}>
          <span className="font-mono text-xs">{session.attention.code}</span>
        </Notice>
      )}
      {session.paidAfterExpiry && (
        <Notice tone="attention" title="Paid after it had expired">
          Stripe took the payment when the quote held no longer. Settle it with the buyer by hand, at Stripe.
        </Notice>
      )}
      <Card className="p-5">
        <Facts facts={factsOf(detail)} />
      </Card>
      <section>
        <h2 className="mb-3 text-base">On chain</h2>
        {session.transfers.length === 0 ? (
          <p className="text-sm text-ink-3">No transfer yet.</p>
        ) : (
          <Card className="divide-y divide-line">
            {session.transfers.map((transfer) => (
              <TransferLine key={transfer.kind + transfer.createdAt} transfer={transfer} />
            ))}
          </Card>
        )}
      </section>
      <section>
        <h2 className="mb-3 text-base">Timeline</h2>
        <Timeline moments={timeline} />
      </section>
      <section>
        <h2 className="mb-3 text-base">Ledger</h2>
        {ledger.length === 0 ? (
          <p className="text-sm text-ink-3">
            Nothing booked. Stripe delivers this one itself, or it was not funded yet.
          </p>
        ) : (
          <LedgerLines lines={ledger} />
        )}
      </section>
      <section>
        <h2 className="mb-3 text-base">As the API shows it</h2>
        {/* The checkout's address lets whoever has it pay as the buyer; the desk has no use for it. */}
        <Raw text={JSON.stringify({ ...session, checkoutUrl: session.checkoutUrl && '(hidden)' })} label="Session" />
      </section>
    </main>
  )
}

function factsOf(detail: SessionDetail): [string, ReactNode][] {
  const { session } = detail
  return [
    ['Wallet', <CopyAddress key="wallet" value={session.walletAddress} label="Wallet" />],
    ['Network', `${session.network} (${session.chain})`],
    ['Delivered by', session.delivery === 'treasury' ? 'Our treasury' : 'Stripe'],
    [
      'Stripe pays out to',
      <CopyAddress key="settlement" value={detail.settlementAddress} label="Settlement address" />,
    ],
    ['Stripe pays out on', detail.settlementNetwork],
    [
      'Stripe session',
      detail.stripeSessionId && <CopyAddress key="stripe" value={detail.stripeSessionId} label="Stripe session" />,
    ],
    ['Stripe status', detail.stripeStatus],
    ['Our fee', `${detail.feeBasisPoints / 100} %`],
    ['Buyer', detail.ownerId ? <CopyAddress key="owner" value={detail.ownerId} label="Account" /> : 'Guest'],
    ['Receipt', detail.receiptNumber],
    ['Created', <RelativeTime key="created" at={session.createdAt} />],
    ['Quote held until', <RelativeTime key="expires" at={session.expiresAt} />],
  ]
}

function TransferLine({ transfer }: { transfer: Transfer }) {
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-1 px-5 py-3 text-sm">
      <TransferBadge status={transfer.status} />
      <span className="min-w-40 flex-1">
        {transfer.kind === 'stripe_payout' ? 'Stripe’s payout' : 'Our delivery'} on {transfer.network}
      </span>
      {transfer.amount && <Amount value={transfer.amount} code={transfer.asset} />}
      {transfer.hash && <CopyAddress value={transfer.hash} label="Transaction" href={transfer.explorerUrl} />}
      <span className="text-ink-3 tabular-nums">
        {transfer.confirmations} of {transfer.required} blocks
      </span>
    </div>
  )
}

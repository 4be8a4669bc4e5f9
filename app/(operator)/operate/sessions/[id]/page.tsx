import { Handshake, RotateCw } from 'lucide-react'
import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { retryDelivery, runJob, settleDelivery, settleLatePayment } from '#app/(operator)/operate/actions.ts'
import { requireOperator } from '#app/(operator)/operate/require-operator.ts'
import { orNotFound } from '#app/or-not-found.ts'
import { SessionBadge } from '#components/activity/session-badge.tsx'
import { AuditRows } from '#components/operate/audit-rows.tsx'
import { ConfirmAction } from '#components/operate/confirm-action.tsx'
import { Facts } from '#components/operate/facts.tsx'
import { JobRows } from '#components/operate/job-rows.tsx'
import { LedgerLines } from '#components/operate/ledger-lines.tsx'
import { Raw } from '#components/operate/raw.tsx'
import { SessionWebhooks } from '#components/operate/session-webhooks.tsx'
import { Timeline } from '#components/operate/timeline.tsx'
import { TransferLine } from '#components/operate/transfer-card.tsx'
import { Amount } from '#components/ui/amount.tsx'
import { Card } from '#components/ui/card.tsx'
import { CopyAddress } from '#components/ui/copy-address.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import { getSessionDetail, type SessionDetail } from '#lib/operate/session-detail.ts'

export const metadata: Metadata = { title: 'Session' }

export default async function SessionPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireOperator()
  const { id } = await params
  const detail = await orNotFound(getSessionDetail({ actor, id }))
  const { session, timeline, transfers, webhooks, jobs, audit, ledger } = detail
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
      <Waiting detail={detail} />
      <Card className="p-5">
        <Facts facts={factsOf(detail)} />
      </Card>
      <section>
        <h2 className="mb-3 text-base">On chain</h2>
        {transfers.length === 0 ? (
          <p className="text-sm text-ink-3">No transfer yet.</p>
        ) : (
          <Card className="divide-y divide-line">
            {transfers.map((transfer) => (
              <TransferLine key={transfer.id} transfer={transfer} />
            ))}
          </Card>
        )}
      </section>
      {jobs.length > 0 && (
        <section>
          <h2 className="mb-3 text-base">Jobs</h2>
          <JobRows jobs={jobs} retry={runJob} />
        </section>
      )}
      <section>
        <h2 className="mb-3 text-base">Timeline</h2>
        <Timeline moments={timeline} />
      </section>
      <section>
        <h2 className="mb-3 text-base">What Stripe told</h2>
        {webhooks.length === 0 ? (
          <p className="text-sm text-ink-3">No webhook names it yet.</p>
        ) : (
          <SessionWebhooks webhooks={webhooks} />
        )}
      </section>
      {audit.length > 0 && (
        <section>
          <h2 className="mb-3 text-base">Who did what to it</h2>
          <AuditRows entries={audit} />
        </section>
      )}
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

/** What may be sent again. Stripe's own deliveries are not ours to send, and what moved tokens is not sent twice. */
function mayRetry({ delivery, attention }: SessionDetail['session']): boolean {
  return delivery === 'treasury' && attention?.code !== 'delivery_mismatch'
}

/** Whether the delivery has ended, so that nothing goes on with it by itself. */
function hasEnded(code: string): boolean {
  return code === 'delivery_mismatch' || code === 'delivery_failed'
}

const settlementNote = {
  label: 'How it was settled',
  hint: 'Such as the transaction that paid them, or Stripe’s case. At most 500 characters, nothing personal.',
}

/** What it waits for, and what an operator can do about it. */
function Waiting({ detail: { session, paidLate } }: { detail: SessionDetail }) {
  const { quote, attention } = session
  return (
    <>
      {attention && (
        <Notice
          tone="attention"
          title={attention.detail}
          action={
            <div className="flex flex-wrap gap-2">
              {mayRetry(session) && (
                <ConfirmAction
                  id={session.id}
                  action={retryDelivery}
                  icon={<RotateCw aria-hidden="true" className="size-3.5" />}
                  label="Retry the delivery"
                  title="Try this delivery again?"
                  description={`The worker prepares it anew: ${quote.destinationAmount} ${session.asset}, or what arrived for it, to ${session.walletAddress} on ${session.network}. It is sent at most once, however often you press. The audit log keeps your name.`}
                  subject={session.id}
                  confirm="Retry the delivery"
                  done="The delivery is tried again"
                />
              )}
              {hasEnded(attention.code) && (
                <ConfirmAction
                  id={session.id}
                  action={settleDelivery}
                  icon={<Handshake aria-hidden="true" className="size-3.5" />}
                  label="Say that it is settled"
                  title="Is this delivery settled?"
                  description={`Compare the chain with what was agreed, ${quote.destinationAmount} ${session.asset} to ${session.walletAddress}, and settle the difference with the buyer first: this moves no money. It ends the purchase for good, and the audit log keeps your name and your note.`}
                  subject={session.id}
                  note={settlementNote}
                  confirm="It is settled"
                  done="The delivery is settled"
                />
              )}
            </div>
          }
        >
          <span className="font-mono text-xs">{attention.code}</span>
        </Notice>
      )}
      {paidLate === 'open' && (
        <Notice
          tone="attention"
          title="Paid after it had ended"
          action={
            <ConfirmAction
              id={session.id}
              action={settleLatePayment}
              icon={<Handshake aria-hidden="true" className="size-3.5" />}
              label="Say that it is settled"
              title="Is this late payment settled?"
              description={`Stripe took ${quote.totalAmount} ${quote.sourceCurrency} when the session had ended. Settle it with the buyer first, by hand or with Stripe’s support: this moves no money. It is said once, and the audit log keeps your name and your note.`}
              subject={session.id}
              note={settlementNote}
              confirm="It is settled"
              done="The late payment is settled"
            />
          }
        >
          Stripe took the payment when this session held no longer. Settle it with the buyer by hand, then say so.
        </Notice>
      )}
      {paidLate === 'settled' && (
        <Notice tone="arrived" title="Paid after it had ended, and settled by hand">
          Who settled it, and how, is below.
        </Notice>
      )}
    </>
  )
}

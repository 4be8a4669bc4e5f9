import { Ban, RotateCw, Undo2 } from 'lucide-react'
import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { endUnknownPayment, linkRefund, lookAtPayment, runJob } from '#app/(operator)/operate/actions.ts'
import { requireOperator } from '#app/(operator)/operate/require-operator.ts'
import { orNotFound } from '#app/or-not-found.ts'
import { IntentBadge } from '#components/intents/intent-badge.tsx'
import { AuditRows } from '#components/operate/audit-rows.tsx'
import { ConfirmAction } from '#components/operate/confirm-action.tsx'
import { Facts } from '#components/operate/facts.tsx'
import { JobRows } from '#components/operate/job-rows.tsx'
import { LedgerLines } from '#components/operate/ledger-lines.tsx'
import { CircleTransferBadge } from '#components/operate/status-badges.tsx'
import { Timeline } from '#components/operate/timeline.tsx'
import { Amount } from '#components/ui/amount.tsx'
import { Card } from '#components/ui/card.tsx'
import { CopyAddress } from '#components/ui/copy-address.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import type { DeskPayment } from '#lib/operate/list-payments.ts'
import { getPaymentDetail } from '#lib/operate/payment-detail.ts'

export const metadata: Metadata = { title: 'Payment' }

export default async function PaymentPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireOperator()
  const { id } = await params
  const { payment, timeline, jobs, audit, ledger } = await orNotFound(getPaymentDetail({ actor, id }))
  return (
    <main id="main" className="mx-auto flex max-w-220 flex-col gap-6">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h1 className="text-lg">
            <Amount value={payment.amount} code={payment.asset} /> by {payment.agent}
          </h1>
          <p className="mt-1 font-mono text-sm break-all text-ink-3">{payment.id}</p>
        </div>
        <IntentBadge status={payment.status} />
      </div>
      <Outcome payment={payment} />
      <Card className="p-5">
        <Facts facts={factsOf(payment)} />
      </Card>
      <section>
        <h2 className="mb-3 text-base">Timeline</h2>
        <Timeline moments={timeline} />
      </section>
      {jobs.length > 0 && (
        <section>
          <h2 className="mb-3 text-base">Jobs</h2>
          <JobRows jobs={jobs} retry={runJob} />
        </section>
      )}
      {audit.length > 0 && (
        <section>
          <h2 className="mb-3 text-base">Who did what to it</h2>
          <AuditRows entries={audit} />
        </section>
      )}
      <section>
        <h2 className="mb-3 text-base">Ledger</h2>
        <LedgerLines lines={ledger} />
      </section>
    </main>
  )
}

/** Where the money is, and what an operator can do about it. */
function Outcome({ payment }: { payment: DeskPayment }) {
  const { id, status, attention, transferStatus } = payment
  if (status === 'settled') return <Refund payment={payment} />
  if (status !== 'executing' && status !== 'unknown') {
    return payment.reason && <Notice title={payment.reason} />
  }
  // Circle has the others: what it cannot send is cancelled there, and fails here by itself.
  const mayEnd = status === 'unknown' && (transferStatus === 'unclear' || attention !== null)
  return (
    <Notice
      tone={status === 'unknown' ? 'attention' : 'info'}
      title={payment.reason ?? 'Circle is asked to send it. The money is held.'}
      action={
        <div className="flex flex-wrap gap-2">
          <ConfirmAction
            id={id}
            action={lookAtPayment}
            icon={<RotateCw aria-hidden="true" className="size-3.5" />}
            label="Look now"
            title="Ask Circle and the chain now?"
            description="What they say is recorded, and the payment ends where they agree. Nothing is sent again."
            subject={id}
            confirm="Look now"
            done="It is looked at now."
          />
          {mayEnd && (
            <ConfirmAction
              id={id}
              action={endUnknownPayment}
              icon={<Ban aria-hidden="true" className="size-3.5" />}
              label="It never moved"
              title="Did this payment never move?"
              description={`Look in Circle’s console and on chain first: no transfer of ${payment.amount} ${payment.asset} from ${payment.from} to ${payment.to}, and none that is still to come. The payment fails for good and its money is free again. The audit log keeps your name and your note.`}
              subject={id}
              note={{ label: 'How you know', hint: 'Such as what Circle’s support said. Ten characters at least.' }}
              confirm="It never moved"
              done="It failed, and its money is free again."
            />
          )}
        </div>
      }
    >
      {attention ?? 'It goes on by itself.'}
    </Notice>
  )
}

function Refund({ payment }: { payment: DeskPayment }) {
  return (
    <Notice
      tone="arrived"
      title="It was paid."
      action={
        <ConfirmAction
          id={payment.id}
          action={linkRefund}
          icon={<Undo2 aria-hidden="true" className="size-3.5" />}
          label="Link a refund"
          title="Did it come back?"
          description={`Give the hash of the transaction that brought ${payment.amount} ${payment.asset} back to ${payment.from}. The chain is read for it. An operator may link one from another address than was paid: make sure that it is the refund.`}
          subject={payment.id}
          note={{ label: 'Transaction', hint: '0x and 64 hexadecimal digits.' }}
          confirm="Link it"
          done="It is refunded, and the budget is free again."
        />
      }
    />
  )
}

function factsOf(payment: DeskPayment): [string, ReactNode][] {
  return [
    ['Circle’s transfer', <CircleTransferBadge key="transfer" status={payment.transferStatus} />],
    ['State at Circle', payment.circleState],
    ['Circle’s id', payment.circleId && <CopyAddress key="circle" value={payment.circleId} label="Circle’s id" />],
    ['Our key and reference', <CopyAddress key="ref" value={payment.transferId} label="Reference" />],
    ['Network', payment.network],
    ['Asked', payment.asks === 1 ? 'Once' : `${payment.asks} times, under one key`],
    ['From', <CopyAddress key="from" value={payment.from} label="Wallet" />],
    ['To', <CopyAddress key="to" value={payment.to} label="Recipient" />],
    [
      'Transaction',
      payment.hash && <CopyAddress key="hash" value={payment.hash} label="Transaction" href={payment.explorerUrl} />,
    ],
    ['Blocks deep', `${payment.confirmations} of ${payment.required}`],
    ['Network fee', payment.networkFee],
    ['Begun', <RelativeTime key="created" at={payment.createdAt} />],
  ]
}

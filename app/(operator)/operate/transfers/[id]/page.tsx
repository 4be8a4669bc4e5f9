import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { runJob } from '#app/(operator)/operate/actions.ts'
import { requireOperator } from '#app/(operator)/operate/require-operator.ts'
import { orNotFound } from '#app/or-not-found.ts'
import { AsideLink } from '#components/operate/desk-link.tsx'
import { Facts } from '#components/operate/facts.tsx'
import { JobRows } from '#components/operate/job-rows.tsx'
import { TransferBadge } from '#components/operate/status-badges.tsx'
import { Timeline } from '#components/operate/timeline.tsx'
import { Attempts, transferKinds } from '#components/operate/transfer-card.tsx'
import { Amount } from '#components/ui/amount.tsx'
import { Card } from '#components/ui/card.tsx'
import { CopyAddress } from '#components/ui/copy-address.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import { getTransferDetail, type TransferDetail } from '#lib/operate/transfer-detail.ts'

export const metadata: Metadata = { title: 'Transfer' }

const failures: Record<string, string> = {
  reverted: 'It was mined and moved nothing: the token reverted it.',
  mismatch: 'It was mined, and is not the transfer that was meant.',
  nonce_used: 'Another transaction took its place for good.',
  released: 'It was never signed, and was given up.',
}

export default async function TransferPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireOperator()
  const { id } = await params
  const detail = await orNotFound(getTransferDetail({ actor, id }))
  const { transfer, attempts, timeline, jobs, failure } = detail
  return (
    <main id="main" className="mx-auto flex max-w-220 flex-col gap-6">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h1 className="text-lg">
            {transferKinds[transfer.kind]}
            {transfer.amount && transfer.asset && (
              <>
                {' of '}
                <Amount value={transfer.amount} code={transfer.asset} />
              </>
            )}
          </h1>
          <p className="mt-1 font-mono text-sm break-all text-ink-3">{transfer.id}</p>
        </div>
        <TransferBadge status={transfer.status} />
      </div>
      {failure && <Notice tone="failed" title={failures[failure] ?? failure} />}
      <Card className="p-5">
        <Facts facts={factsOf(detail)} />
      </Card>
      {attempts.length > 0 && (
        <section>
          <h2 className="mb-1 text-base">Signed as</h2>
          <p className="mb-3 text-sm text-ink-3">
            Every attempt has the same nonce, recipient and amount, so at most one is ever mined.
          </p>
          <Card className="px-5 py-3">
            <Attempts attempts={attempts} now={transfer.hash} />
          </Card>
        </section>
      )}
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
    </main>
  )
}

function factsOf({ transfer, displacedBy }: TransferDetail): [string, ReactNode][] {
  return [
    [
      'Session',
      transfer.sessionId && (
        <AsideLink key="session" href={`/operate/sessions/${transfer.sessionId}`}>
          <span className="font-mono">{transfer.sessionId.slice(0, 8)}</span>
        </AsideLink>
      ),
    ],
    ['Network', transfer.network],
    ['From', transfer.from && <CopyAddress key="from" value={transfer.from} label="Sender" />],
    ['To', <CopyAddress key="to" value={transfer.to} label="Recipient" />],
    [
      'Transaction',
      transfer.hash && <CopyAddress key="hash" value={transfer.hash} label="Transaction" href={transfer.explorerUrl} />,
    ],
    ['Taken by', displacedBy && <CopyAddress key="by" value={displacedBy} label="Transaction" />],
    ['Nonce', transfer.nonce],
    ['Block', transfer.blockNumber],
    ['Blocks deep', `${transfer.confirmations} of ${transfer.required}`],
    ['Created', <RelativeTime key="created" at={transfer.createdAt} />],
  ]
}

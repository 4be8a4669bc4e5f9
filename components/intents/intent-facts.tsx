'use client'

import type { Route } from 'next'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { Payee } from '#components/intents/payee.tsx'
import { networkName } from '#components/onramp/network-name.ts'
import { Amount } from '#components/ui/amount.tsx'
import { CopyAddress } from '#components/ui/copy-address.tsx'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import type { IntentDetail } from '#lib/intents/schema.ts'

/** What a payment is, beside what becomes of it. */
export function IntentFacts({ intent }: { intent: IntentDetail }) {
  return (
    <dl className="space-y-3.5 text-sm">
      <Fact label="Amount">
        <Amount value={intent.amount} code={intent.asset} className="text-lg font-semibold" />
      </Fact>
      <Fact label="To">
        <Payee intent={intent} />
      </Fact>
      <Fact label="Network">
        {networkName(intent.network)} <span className="text-ink-3">({intent.chain})</span>
      </Fact>
      <Fact label="From">
        {intent.agentId === null ? (
          'Your own wallet'
        ) : (
          <>
            The wallet of{' '}
            <Link
              href={`/agents/${intent.agentId}` as Route}
              prefetch={false}
              className="rounded-sm underline decoration-edge underline-offset-4 hover:decoration-ink"
            >
              {intent.agentName}
            </Link>
          </>
        )}
      </Fact>
      <Fact label="For">
        <span className="break-words">{intent.purpose}</span>
      </Fact>
      <Fact label="Proposed">
        <RelativeTime at={intent.createdAt} />
      </Fact>
      {intent.finalizedAt === null && (
        <Fact label="Ends unless it moves on">
          <RelativeTime at={intent.expiresAt} />
        </Fact>
      )}
      <Fact label="Reference">
        <CopyAddress value={intent.id} label="Reference" />
      </Fact>
    </dl>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-ink-3">{label}</dt>
      <dd className="mt-0.5 min-w-0">{children}</dd>
    </div>
  )
}

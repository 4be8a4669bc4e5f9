'use client'

import type { ReactNode } from 'react'
import { Amount } from '#components/ui/amount.tsx'
import { FullAddress } from '#components/ui/full-address.tsx'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import type { Link } from '#lib/links/schema.ts'

/** What is asked for, by whom, and where it goes. */
export function LinkFacts({ link, network }: { link: Link; network: string }) {
  return (
    <dl className="space-y-3.5 text-sm">
      <Fact label="Asked for">
        {link.amount === null ? (
          <span className="text-lg font-semibold">Any amount of {link.asset}</span>
        ) : (
          <Amount value={link.amount} code={link.asset} className="text-lg font-semibold" />
        )}
      </Fact>
      {link.note && (
        <Fact label="For">
          <span className="break-words">{link.note}</span>
        </Fact>
      )}
      {link.payee && <Fact label="By">@{link.payee}</Fact>}
      <Fact label="Paid to">
        <FullAddress value={link.address} />
      </Fact>
      <Fact label="Network">
        {network} <span className="text-ink-3">({link.chain})</span>
      </Fact>
      {Number(link.received) > 0 && (
        <Fact label="Arrived">
          <Amount value={link.received} code={link.asset} />
        </Fact>
      )}
      {link.endedAt === null && link.expiresAt && (
        <Fact label="Ends">
          <RelativeTime at={link.expiresAt} />
        </Fact>
      )}
      <Fact label="Made">
        <RelativeTime at={link.createdAt} />
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

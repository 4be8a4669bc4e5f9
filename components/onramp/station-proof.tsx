'use client'

import type { ReactNode } from 'react'
import type { Station } from '#components/onramp/journey.ts'
import { networkName } from '#components/onramp/network-name.ts'
import { Amount } from '#components/ui/amount.tsx'
import { CopyAddress } from '#components/ui/copy-address.tsx'
import { formatExact } from '#components/ui/format-time.ts'
import { useLocale } from '#components/ui/use-locale.ts'

/** What proves a station: the exact moment, and where money moved on chain, the transaction itself. */
export function StationProof({ station, at }: { station: Station; at: string }) {
  const locale = useLocale()
  const { proof } = station
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 pb-3 text-sm">
      <Fact label="Recorded">{formatExact(new Date(at), locale)}</Fact>
      <Fact label="Known from">{sources[station.name]}</Fact>
      {proof?.hash && (
        <>
          <Fact label="Transaction">
            <CopyAddress value={proof.hash} label="Transaction" href={proof.explorerUrl} />
          </Fact>
          <Fact label="Network">{networkName(proof.network)}</Fact>
          {proof.from && (
            <Fact label="From">
              <CopyAddress value={proof.from} label="Sender’s address" />
            </Fact>
          )}
          <Fact label="To">
            <CopyAddress value={proof.to} label="Receiver’s address" />
          </Fact>
          {proof.amount && (
            <Fact label="Amount">
              <Amount value={proof.amount} code={proof.asset} />
            </Fact>
          )}
          <Fact label="Confirmations">
            <span className="tabular-nums">
              {proof.confirmations} of {proof.required}
            </span>
          </Fact>
        </>
      )}
    </dl>
  )
}

const sources: Record<Station['name'], string> = {
  awaiting_payment: 'Stripe opened the payment',
  processing: 'Stripe said so, and was asked again',
  funded: 'Stripe named the transaction',
  delivering: 'The transaction was signed and sent',
  delivered: 'The token’s transfer was read on chain',
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="flex min-h-7 items-center text-ink-3">{label}</dt>
      <dd className="flex min-h-7 min-w-0 items-center">{children}</dd>
    </>
  )
}

'use client'

import type { Station } from '#components/onramp/journey.ts'
import { TransferFacts } from '#components/transfers/transfer-facts.tsx'
import { Fact } from '#components/ui/fact.tsx'
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
      {proof?.hash && <TransferFacts transfer={proof} />}
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

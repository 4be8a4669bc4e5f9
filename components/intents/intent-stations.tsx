'use client'

import type { ReactNode } from 'react'
import { GuardResults } from '#components/intents/guard-results.tsx'
import { type IntentStation, intentJourney, paymentOf } from '#components/intents/intent-journey.ts'
import { TransferFacts } from '#components/transfers/transfer-facts.tsx'
import { Fact } from '#components/ui/fact.tsx'
import { formatExact } from '#components/ui/format-time.ts'
import { type Station, Stations } from '#components/ui/stations.tsx'
import { useLocale } from '#components/ui/use-locale.ts'
import type { IntentDetail } from '#lib/intents/schema.ts'

/** The way of a payment, each station with what proves it. */
export function IntentStations({ intent }: { intent: IntentDetail }) {
  const locale = useLocale()
  const stations = intentJourney(intent).map(
    (station): Station => ({
      ...station,
      note: confirmationsOf(intent, station),
      amount: null,
      proof: station.at && (
        <Proof intent={intent} station={station} recorded={formatExact(new Date(station.at), locale)} />
      ),
    }),
  )
  return <Stations label="The way of this payment" stations={stations} />
}

function confirmationsOf(intent: IntentDetail, { name, state }: IntentStation): string | undefined {
  const transfer = paymentOf(intent)
  if (name !== 'arrived' || state !== 'now' || !transfer) return undefined
  return `${Math.min(transfer.confirmations, transfer.required)} of ${transfer.required} confirmations`
}

function Proof({ intent, station, recorded }: { intent: IntentDetail; station: IntentStation; recorded: string }) {
  if (station.name === 'judged') {
    return (
      <div className="pb-3">
        <GuardResults results={intent.guardResults} />
      </div>
    )
  }
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 pb-3 text-sm">
      <Fact label="Recorded">{recorded}</Fact>
      {detailsOf(intent, station)}
    </dl>
  )
}

function detailsOf(intent: IntentDetail, { name, state }: IntentStation): ReactNode {
  const transfer = paymentOf(intent)
  if (state === 'stopped') return intent.reason && <Fact label="Why">{intent.reason}</Fact>
  if (name === 'refunded') {
    const refund = intent.transfers.find(({ kind }) => kind === 'refund')
    return refund && <TransferFacts transfer={refund} />
  }
  if (name === 'proposed') return <Fact label="For">{intent.purpose}</Fact>
  if (name === 'decided' && intent.approval) {
    return (
      <Fact label="Bound to">
        <span className="font-mono text-xs break-all">{intent.intentHash}</span>
      </Fact>
    )
  }
  if ((name === 'sent' && state === 'done') || name === 'arrived')
    return transfer && <TransferFacts transfer={transfer} />
  return null
}

'use client'

import type { ReactNode } from 'react'
import type { Station } from '#components/onramp/journey.ts'
import { QuoteSummary } from '#components/onramp/quote-summary.tsx'
import { Stations } from '#components/onramp/stations.tsx'
import { Verification } from '#components/receipts/verification.tsx'
import { Amount } from '#components/ui/amount.tsx'
import { useNow } from '#components/ui/use-now.ts'
import type { Quote } from '#lib/onramp/schema.ts'

const wallet = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'
const treasury = '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359'

const seen = { at: '2026-11-21T00:00:00Z', ageSeconds: 0, sources: [], spreadBasisPoints: 0 }

const quote: Quote = {
  id: 'example',
  sourceAmount: '100.00',
  sourceCurrency: 'USD',
  fees: [
    { kind: 'processing', amount: '2.76', currency: 'USD' },
    { kind: 'network', amount: '0.41', currency: 'USD' },
    { kind: 'delivery', amount: '0.50', currency: 'MUSD' },
  ],
  totalAmount: '103.17',
  destinationAmount: '99.50',
  asset: 'MUSD',
  network: 'mezo',
  chain: 'eip155:31612',
  rate: {
    base: 'MUSD',
    quote: 'USD',
    raw: '0.9998',
    markup: { absolute: '0', basisPoints: 0 },
    price: '0.9998',
    ...seen,
    settlement: { base: 'USDC', amount: '100.00', raw: '0.9998', ...seen },
  },
  expiresAt: '2026-11-21T00:00:00Z',
}

/** The price list of an example purchase, drawn by the same code as a real one. */
export function ExampleQuote() {
  return <QuoteSummary quote={quote} current holdsSeconds={60} pair={null} where="0x5aAe…eAed on Mezo" fixed />
}

/** An example purchase three quarters of the way across, its times told from now. */
export function ExampleStations() {
  const now = useNow()
  const ago = (seconds: number) => (now === null ? null : new Date(now - seconds * 1000).toISOString())
  const stations: Station[] = [
    {
      name: 'awaiting_payment',
      title: 'Payment made',
      state: 'done',
      at: ago(131),
      amount: { value: '103.17', code: 'USD' },
      proof: null,
    },
    { name: 'processing', title: 'Processed by Stripe', state: 'done', at: ago(118), amount: null, proof: null },
    {
      name: 'funded',
      title: 'Funds received',
      state: 'done',
      at: ago(64),
      amount: { value: '100.00', code: 'USDC' },
      proof: null,
    },
    {
      name: 'delivering',
      title: 'Delivering',
      state: 'now',
      at: ago(9),
      amount: null,
      proof: {
        kind: 'treasury_delivery',
        network: 'mezo',
        hash: '0x1b6f33c00fd1a2e4598bbd77a1c0e9d3f5a7788899aabbccddeeff0011223344',
        from: treasury,
        to: wallet,
        asset: 'MUSD',
        amount: '99.50',
        status: 'included',
        confirmations: 2,
        required: 6,
        explorerUrl: null,
        createdAt: '2026-11-21T00:00:00Z',
      },
    },
    {
      name: 'delivered',
      title: 'Delivered',
      state: 'next',
      at: null,
      amount: { value: '99.50', code: 'MUSD' },
      proof: null,
    },
  ]
  return <Stations stations={stations} />
}

/** The foot of an example receipt. */
export function ExampleReceipt() {
  const now = useNow()
  return (
    <div className="space-y-3 text-sm">
      <Line label="Receipt">
        <span className="font-mono">CW-2026-000042</span>
      </Line>
      <Line label="Paid">
        <Amount value="103.17" code="USD" />
      </Line>
      <Line label="Delivered">
        <Amount value="99.50" code="MUSD" />
      </Line>
      <Verification
        verification={{
          verified: true,
          method: 'The Transfer log of the MUSD contract was read on Mezo.',
          blockNumber: '4815162',
          confirmations: 57,
          checkedAt: new Date(now ?? 0).toISOString(),
        }}
      />
    </div>
  )
}

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex justify-between gap-4">
      <span className="text-ink-2">{label}</span>
      {children}
    </div>
  )
}

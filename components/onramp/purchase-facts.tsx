'use client'

import type { ReactNode } from 'react'
import { networkName } from '#components/onramp/network-name.ts'
import { markupText } from '#components/onramp/rate-words.ts'
import { showRate } from '#components/rates/show-rate.ts'
import { Amount } from '#components/ui/amount.tsx'
import { CopyAddress } from '#components/ui/copy-address.tsx'
import { useLocale } from '#components/ui/use-locale.ts'
import type { OnrampSession } from '#lib/onramp/schema.ts'

/** What is being bought, beside its way. */
export function PurchaseFacts({ session }: { session: OnrampSession }) {
  const locale = useLocale()
  const { quote } = session
  const paying = session.status === 'created' || session.status === 'awaiting_payment'
  const ended = session.status === 'rejected' || session.status === 'expired'
  const paid = !ended || session.paidAfterExpiry
  return (
    <div className="space-y-3 text-sm">
      <dl className="space-y-3">
        <Fact label={paying ? 'You pay' : paid ? 'You paid' : 'Would have been paid'}>
          <Amount value={quote.totalAmount} code={quote.sourceCurrency} className="text-lg font-semibold" />
        </Fact>
        <Fact label={arrivalWord(session.status)}>
          <Amount
            value={session.deliveredAmount ?? quote.destinationAmount}
            code={session.asset}
            className="text-base font-semibold"
          />
        </Fact>
      </dl>
      <dl className="space-y-1.5 border-line border-t pt-3 text-ink-2">
        <Row label="Purchase">
          <Amount value={quote.sourceAmount} code={quote.sourceCurrency} />
        </Row>
        {quote.rate && <Row label="Market price">{showRate(quote.rate.raw, quote.sourceCurrency, locale)}</Row>}
        {quote.rate &&
          (quote.rate.settlement ? (
            <Row label="Markup">{markupText(quote.rate, locale)}</Row>
          ) : (
            <Row label="Stripe’s price">{showRate(quote.rate.price, quote.sourceCurrency, locale)}</Row>
          ))}
        {quote.fees.map((fee) => (
          <Row key={fee.kind} label={feeNames[fee.kind]}>
            <Amount value={fee.amount} code={fee.currency} />
          </Row>
        ))}
      </dl>
      <dl className="space-y-1.5 border-line border-t pt-3 text-ink-2">
        <Row label="Wallet">
          <CopyAddress value={session.walletAddress} label="Wallet address" className="text-ink" />
        </Row>
        <Row label="Network">{networkName(session.network)}</Row>
        <Row label="Reference">
          <CopyAddress value={session.id} label="Reference" className="text-ink" />
        </Row>
      </dl>
    </div>
  )
}

function arrivalWord(status: OnrampSession['status']): string {
  if (status === 'delivered') return 'Arrived'
  if (status === 'rejected' || status === 'expired') return 'Would have arrived'
  return status === 'settled_by_hand' ? 'Was agreed' : 'Arrives'
}

const feeNames: Record<OnrampSession['quote']['fees'][number]['kind'], string> = {
  processing: 'Card processing',
  network: 'Network fee',
  delivery: 'Delivery',
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-4">
      <dt className="text-ink-2">{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex min-h-6 flex-wrap items-center justify-between gap-x-4">
      <dt>{label}</dt>
      <dd className="min-w-0 text-right text-ink tabular-nums">{children}</dd>
    </div>
  )
}

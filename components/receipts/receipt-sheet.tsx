'use client'

import type { ReactNode } from 'react'
import { networkName } from '#components/onramp/network-name.ts'
import { Verification } from '#components/receipts/verification.tsx'
import { Mark } from '#components/site/mark.tsx'
import { Amount } from '#components/ui/amount.tsx'
import { formatExact } from '#components/ui/format-time.ts'
import { showPrice } from '#components/ui/show-amount.ts'
import { useLocale } from '#components/ui/use-locale.ts'
import type { Receipt } from '#lib/receipts/schema.ts'

/** One page of paper: what was paid, for what, where it went, and how anyone can check it. Hashes stand whole, for print. */
export function ReceiptSheet({ receipt, heading: Heading = 'h1' }: { receipt: Receipt; heading?: 'h1' | 'h3' }) {
  const locale = useLocale()
  const { paidCurrency, asset } = receipt
  return (
    <article className="text-sm">
      <header className="flex flex-wrap items-start justify-between gap-4">
        <div>
          <Heading className="text-lg">Receipt</Heading>
          <p className="mt-0.5 font-mono text-ink-2">{receipt.number}</p>
        </div>
        <div className="text-right">
          <p className="flex items-center justify-end gap-2 font-semibold">
            <Mark className="size-5 text-tide" />
            Causeway
          </p>
          <p className="mt-0.5 text-ink-2">
            <time dateTime={receipt.issuedAt}>{formatExact(new Date(receipt.issuedAt), locale)}</time>
          </p>
        </div>
      </header>

      <div className="mt-6 grid gap-4 border-line border-y py-5 sm:grid-cols-2">
        <div>
          <p className="text-ink-2">Paid</p>
          <Amount value={receipt.paidAmount} code={paidCurrency} className="text-xl font-semibold tracking-tight" />
        </div>
        <div>
          <p className="text-ink-2">Delivered</p>
          <Amount value={receipt.deliveredAmount} code={asset} className="text-xl font-semibold tracking-tight" />
        </div>
      </div>

      <dl className="mt-5 space-y-2">
        <Row label="Purchase">
          <Amount value={receipt.quote.sourceAmount} code={receipt.quote.sourceCurrency} />
        </Row>
        {receipt.fees.map((fee) => (
          <Row key={fee.kind} label={feeNames[fee.kind]}>
            <Amount value={fee.amount} code={fee.currency} />
          </Row>
        ))}
        <Row label="Rate, fees aside">
          1 {asset} for {showPrice(receipt.rate, paidCurrency, locale)}
        </Row>
        <Row label="Paid at">Stripe, by card</Row>
      </dl>

      <dl className="mt-5 space-y-4 border-line border-t pt-5">
        <Long label={`To the wallet, on ${networkName(receipt.network)}`}>{receipt.walletAddress}</Long>
        {receipt.transfers.map(
          (transfer) =>
            transfer.hash && (
              <Long
                key={transfer.hash}
                href={transfer.explorerUrl}
                label={`${transfer.to === receipt.walletAddress ? 'Delivery' : 'Stripe’s payout to the treasury'}, on ${networkName(transfer.network)}`}
                aside={transfer.amount && <Amount value={transfer.amount} code={transfer.asset} />}
              >
                {transfer.hash}
              </Long>
            ),
        )}
        <Long label="Purchase reference">{receipt.sessionId}</Long>
      </dl>

      <div className="mt-6">
        <Verification verification={receipt.verification} />
      </div>
    </article>
  )
}

const feeNames: Record<Receipt['fees'][number]['kind'], string> = {
  processing: 'Card processing',
  network: 'Network fee',
  delivery: 'Delivery',
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex justify-between gap-4">
      <dt className="text-ink-2">{label}</dt>
      <dd className="text-right tabular-nums">{children}</dd>
    </div>
  )
}

type LongProps = { label: string; aside?: ReactNode; href?: string | null; children: string }

function Long({ label, aside, href, children }: LongProps) {
  return (
    <div>
      <dt className="flex justify-between gap-4 text-ink-2">
        <span>{label}</span>
        {aside && <span className="shrink-0 text-ink">{aside}</span>}
      </dt>
      <dd className="mt-0.5 font-mono text-xs break-all sm:text-sm">
        {href ? (
          <a
            href={href}
            target="_blank"
            rel="noopener noreferrer"
            className="rounded-sm underline decoration-edge underline-offset-4 hover:decoration-ink"
          >
            {children}
            <span className="sr-only"> on the explorer, opens in a new tab</span>
          </a>
        ) : (
          children
        )}
      </dd>
    </div>
  )
}

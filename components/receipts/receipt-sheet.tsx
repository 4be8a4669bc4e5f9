'use client'

import { networkName } from '#components/onramp/network-name.ts'
import { RateRows } from '#components/receipts/rate-rows.tsx'
import { SheetHash, SheetHeader, SheetRow } from '#components/receipts/sheet.tsx'
import { Verification } from '#components/receipts/verification.tsx'
import { Amount } from '#components/ui/amount.tsx'
import { showPrice } from '#components/ui/show-amount.ts'
import { useLocale } from '#components/ui/use-locale.ts'
import type { Receipt } from '#lib/receipts/schema.ts'

/** One page of paper: what was paid, for what, where it went, and how anyone can check it. Hashes stand whole, for print. */
export function ReceiptSheet({ receipt, heading = 'h1' }: { receipt: Receipt; heading?: 'h1' | 'h3' }) {
  const locale = useLocale()
  const { paidCurrency, asset } = receipt
  return (
    <article className="text-sm">
      <SheetHeader number={receipt.number} issuedAt={receipt.issuedAt} heading={heading} />

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
        <SheetRow label="Purchase">
          <Amount value={receipt.quote.sourceAmount} code={receipt.quote.sourceCurrency} />
        </SheetRow>
        {receipt.fees.map((fee) => (
          <SheetRow key={fee.kind} label={feeNames[fee.kind]}>
            <Amount value={fee.amount} code={fee.currency} />
          </SheetRow>
        ))}
        <SheetRow label="Rate, fees aside">
          1 {asset} for {showPrice(receipt.rate, paidCurrency, locale)}
        </SheetRow>
        <SheetRow label="Paid at">Stripe, by card</SheetRow>
      </dl>
      {receipt.quote.rate && <RateRows rate={receipt.quote.rate} />}

      <dl className="mt-5 space-y-4 border-line border-t pt-5">
        <SheetHash label={`To the wallet, on ${networkName(receipt.network)}`}>{receipt.walletAddress}</SheetHash>
        {receipt.transfers.map(
          (transfer) =>
            transfer.hash && (
              <SheetHash
                key={transfer.hash}
                href={transfer.explorerUrl}
                label={`${transfer.to === receipt.walletAddress ? 'Delivery' : 'Stripe’s payout to the treasury'}, on ${networkName(transfer.network)}`}
                aside={transfer.amount && <Amount value={transfer.amount} code={transfer.asset} />}
              >
                {transfer.hash}
              </SheetHash>
            ),
        )}
        <SheetHash label="Purchase reference">{receipt.sessionId}</SheetHash>
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

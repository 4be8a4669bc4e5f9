'use client'

import { networkName } from '#components/onramp/network-name.ts'
import { SheetHash, SheetHeader, SheetRow } from '#components/receipts/sheet.tsx'
import { Verification } from '#components/receipts/verification.tsx'
import { Amount } from '#components/ui/amount.tsx'
import type { PaymentReceipt } from '#lib/receipts/schema.ts'

/** One page of paper: what was paid, to whom, by whose decision, and how anyone can check it. */
export function PaymentSheet({ receipt }: { receipt: PaymentReceipt }) {
  const { asset, network, agentName } = receipt
  const named = receipt.recipient.toLowerCase() !== receipt.recipientAddress.toLowerCase()
  return (
    <article className="text-sm">
      <SheetHeader number={receipt.number} issuedAt={receipt.issuedAt} heading="h1" />
      <div className="mt-6 border-line border-y py-5">
        <p className="text-ink-2">Paid{named && ` to ${receipt.recipient}`}</p>
        <Amount value={receipt.amount} code={asset} className="text-xl font-semibold tracking-tight" />
        {receipt.refunded && <p className="mt-1 text-ink-2">It came back later, by the last transfer below.</p>}
      </div>
      <dl className="mt-5 space-y-2">
        <SheetRow label="For">{receipt.purpose}</SheetRow>
        <SheetRow label="Paid by">{agentName === null ? 'Your own wallet' : `${agentName}, by Circle`}</SheetRow>
        <SheetRow label="Decided by">{receipt.approved || agentName === null ? 'You' : 'The guards you set'}</SheetRow>
        <SheetRow label="Network">{networkName(network)}</SheetRow>
      </dl>
      <dl className="mt-5 space-y-4 border-line border-t pt-5">
        <SheetHash label="From the wallet">{receipt.from}</SheetHash>
        <SheetHash label={named ? `To ${receipt.recipient}` : 'To'}>{receipt.recipientAddress}</SheetHash>
        {receipt.transfers.map(
          ({ kind, hash, explorerUrl, amount }) =>
            hash && (
              <SheetHash
                key={hash}
                href={explorerUrl}
                label={`${kind === 'refund' ? 'Came back' : 'Transfer'}, on ${networkName(network)}`}
                aside={<Amount value={amount} code={asset} />}
              >
                {hash}
              </SheetHash>
            ),
        )}
        <SheetHash label="Payment reference">{receipt.intentId}</SheetHash>
      </dl>
      <div className="mt-6">
        <Verification verification={receipt.verification} />
      </div>
    </article>
  )
}

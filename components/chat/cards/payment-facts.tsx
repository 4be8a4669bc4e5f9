import { networkName } from '#components/onramp/network-name.ts'
import { Amount } from '#components/ui/amount.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { FullAddress } from '#components/ui/full-address.tsx'
import type { NetworkFee } from '#lib/chat/schema.ts'
import type { Network } from '#lib/money/assets.ts'

type PaymentFactsProps = {
  payment: {
    recipient: string
    recipientAddress: string
    amount: string
    asset: string
    network: Network
    purpose?: string
  }
  fee: NetworkFee | null
}

/** What would be paid, to whom exactly, and what it costs. */
export function PaymentFacts({ payment, fee }: PaymentFactsProps) {
  const { recipient, recipientAddress, amount, asset, network, purpose } = payment
  const named = recipient.toLowerCase() !== recipientAddress.toLowerCase()
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-5 gap-y-2 text-sm">
      <dt className="text-ink-3">Amount</dt>
      <dd>
        <Amount value={amount} code={asset} className="font-semibold" />
      </dd>
      <dt className="text-ink-3">To</dt>
      <dd>
        {named && <p className="font-medium break-words">{recipient}</p>}
        <div className="flex items-start gap-1">
          <FullAddress value={recipientAddress} />
          <CopyButton text={recipientAddress} label="Copy recipient’s address" className="-mt-1" />
        </div>
      </dd>
      <dt className="text-ink-3">Network</dt>
      <dd>{networkName(network)}</dd>
      <dt className="text-ink-3">Network fee</dt>
      <dd>
        <Fee fee={fee} />
      </dd>
      {purpose && (
        <>
          <dt className="text-ink-3">For</dt>
          <dd className="break-words">{purpose}</dd>
        </>
      )}
    </dl>
  )
}

/** What the network would take for it. It is the network's, in its own coin, and no part of the amount. */
export function Fee({ fee }: { fee: NetworkFee | null }) {
  if (fee === null) return <span className="text-ink-3">Known once it is sent</span>
  return (
    <>
      About{' '}
      <span className="tabular-nums">
        {roughly(fee.amount)} {fee.currency}
      </span>
      <span className="text-ink-3">, from the wallet, beside the amount</span>
    </>
  )
}

/** An estimate to three digits: the others of a fee in a network's coin say nothing. */
function roughly(amount: string): string {
  return /^0\.0*[1-9]\d{0,2}|^[1-9]\d*(?:\.\d{0,2})?/.exec(amount)?.[0] ?? amount
}

import type { TransferRequest } from '#components/sign/types.ts'
import { Amount } from '#components/ui/amount.tsx'
import { FullAddress } from '#components/ui/full-address.tsx'

/** What a wallet is about to be asked for, in full, so that it can be compared with what the wallet shows. */
export function TransferReview({ request, from }: { request: TransferRequest; from: string }) {
  return (
    <dl className="space-y-3 rounded-md bg-sunk px-3.5 py-3 text-sm">
      <div>
        <dt className="text-ink-3">You pay</dt>
        <dd>
          <Amount value={request.amount} code={request.asset} className="text-lg font-semibold" />
        </dd>
      </div>
      <div>
        <dt className="text-ink-3">To</dt>
        <dd>
          <FullAddress value={request.to} />
        </dd>
      </div>
      <div>
        <dt className="text-ink-3">From your wallet</dt>
        <dd>
          <FullAddress value={from} />
        </dd>
      </div>
      <div>
        <dt className="text-ink-3">Network</dt>
        <dd>
          {request.chain.name}. Its fee is paid by your wallet in {request.chain.nativeCurrency.symbol}.
        </dd>
      </div>
    </dl>
  )
}

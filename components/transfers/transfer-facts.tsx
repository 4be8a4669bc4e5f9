'use client'

import { networkName } from '#components/onramp/network-name.ts'
import { Amount } from '#components/ui/amount.tsx'
import { CopyAddress } from '#components/ui/copy-address.tsx'
import { Fact } from '#components/ui/fact.tsx'
import type { Transfer } from '#lib/onramp/schema.ts'

/** A transfer on chain as rows of facts: what moved, from where to where, and the transaction that proves it. */
export function TransferFacts({ transfer }: { transfer: Omit<Transfer, 'kind' | 'status'> }) {
  return (
    <>
      {transfer.hash && (
        <Fact label="Transaction">
          <CopyAddress value={transfer.hash} label="Transaction" href={transfer.explorerUrl} />
        </Fact>
      )}
      <Fact label="Network">{networkName(transfer.network)}</Fact>
      {transfer.from && (
        <Fact label="From">
          <CopyAddress value={transfer.from} label="Sender’s address" />
        </Fact>
      )}
      <Fact label="To">
        <CopyAddress value={transfer.to} label="Receiver’s address" />
      </Fact>
      {transfer.amount && (
        <Fact label="Amount">
          <Amount value={transfer.amount} code={transfer.asset} />
        </Fact>
      )}
      <Fact label="Confirmations">
        <span className="tabular-nums">
          {transfer.confirmations} of {transfer.required}
        </span>
      </Fact>
    </>
  )
}

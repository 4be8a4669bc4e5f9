'use client'

import { Lock } from 'lucide-react'
import type { Pair } from '#components/onramp/types.ts'
import { WholeAddress } from '#components/onramp/whole-address.tsx'

/** The last look: how it gets there, and the whole address it goes to. */
export function ReviewStep({ pair, address, onEdit }: { pair: Pair; address: string; onEdit: () => void }) {
  return (
    <div className="space-y-3">
      <div>
        <div className="mb-1.5 flex items-baseline justify-between">
          <h3 className="text-sm font-medium tracking-normal">To your wallet on {pair.chainName}</h3>
          <button
            type="button"
            onClick={onEdit}
            className="rounded-sm text-sm text-tide underline-offset-4 hover:underline"
          >
            Change<span className="sr-only"> the address</span>
          </button>
        </div>
        <WholeAddress value={address} />
      </div>
      <p className="flex gap-2 text-sm text-ink-2">
        <Lock aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-ink-3" />
        <span>You pay at Stripe, which takes your card. Causeway never sees it. A transfer cannot be called back.</span>
      </p>
    </div>
  )
}

/** How what was bought gets to its buyer, told as it is. */
export function HowItArrives({ pair }: { pair: Pair | null }) {
  return (
    <p className="min-h-15 text-sm text-ink-3">
      {pair?.delivery === 'treasury'
        ? `Stripe delivers USDC to Causeway’s treasury, and the treasury sends you ${pair.asset} on ${pair.chainName}.`
        : pair && `Stripe sends ${pair.asset} straight to your wallet on ${pair.chainName}.`}
      {pair?.testnet && ' This is a test network: what you buy here has no value.'}
    </p>
  )
}

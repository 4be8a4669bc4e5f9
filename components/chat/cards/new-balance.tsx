'use client'

import { useEffect, useState } from 'react'
import { call } from '#components/onramp/api.ts'
import { Amount } from '#components/ui/amount.tsx'
import type { Asset } from '#lib/money/assets.ts'
import type { Wallet } from '#lib/wallets/schema.ts'

/** What the wallet can spend, now that a payment arrived. Its place is kept while it is read. */
export function NewBalance({ walletId, asset }: { walletId: string; asset: Asset }) {
  const [available, setAvailable] = useState<string | null>(null)
  useEffect(() => {
    const controller = new AbortController()
    call<Wallet>(`/api/v1/wallets/${walletId}`, { cache: 'no-store', signal: controller.signal })
      .then(({ body }) => setAvailable(body.balances.find((each) => each.asset === asset)?.available ?? null))
      // The payment does not depend on it; its page and the agent's show the balance too.
      .catch(() => {})
    return () => controller.abort()
  }, [walletId, asset])
  return (
    <p className="mt-4 min-h-5 text-sm text-ink-2" aria-live="polite">
      {available !== null && (
        <>
          The wallet now has <Amount value={available} code={asset} className="font-medium text-ink" /> left to spend.
        </>
      )}
    </p>
  )
}

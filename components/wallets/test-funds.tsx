'use client'

import { Droplets } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useCallback, useState } from 'react'
import { RefreshFor } from '#components/account/refresh-for.tsx'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'

type Outcome = { ok: true } | { ok: false; detail: string }

type TestFundsProps = { walletId: string; action: (walletId: string) => Promise<Outcome> }

const unreachable: Outcome = { ok: false, detail: 'Causeway could not be reached. Check your connection.' }

/** Asks for test USDC, on networks where nothing is worth anything. */
export function TestFunds({ walletId, action }: TestFundsProps) {
  const router = useRouter()
  const [busy, setBusy] = useState(false)
  const [outcome, setOutcome] = useState<Outcome | null>(null)

  const rest = useCallback(() => setOutcome(null), [])

  async function ask() {
    setBusy(true)
    setOutcome(null)
    const result = await action(walletId).catch(() => unreachable)
    setBusy(false)
    setOutcome(result)
    if (result.ok) router.refresh()
  }

  return (
    <>
      <Button variant="secondary" size="sm" busy={busy} onClick={ask}>
        <Droplets aria-hidden="true" className="size-4" /> Get test USDC
      </Button>
      {outcome?.ok && <RefreshFor seconds={20} onEnd={rest} />}
      <span role="status" className="text-ink-2 empty:hidden">
        {outcome?.ok && 'On its way. The balance follows once it is on chain.'}
      </span>
      {outcome?.ok === false && (
        <Notice tone="failed" title="No test USDC came" announce className="basis-full">
          {outcome.detail}
        </Notice>
      )}
    </>
  )
}

'use client'

import { RefreshCw } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useCallback, useState } from 'react'
import { RefreshFor } from '#components/account/refresh-for.tsx'
import { Button } from '#components/ui/button.tsx'

type ReadBalanceProps = { walletId: string; action: (walletId: string) => Promise<{ ok: boolean }> }

/** Has the balance read on chain now. It is read every few minutes anyway, and whenever Circle tells of money. */
export function ReadBalance({ walletId, action }: ReadBalanceProps) {
  const router = useRouter()
  const [state, setState] = useState<'idle' | 'busy' | 'asked' | 'failed'>('idle')

  const rest = useCallback(() => setState('idle'), [])

  async function read() {
    setState('busy')
    const { ok } = await action(walletId).catch(() => ({ ok: false }))
    setState(ok ? 'asked' : 'failed')
    router.refresh()
  }

  return (
    <span className="flex items-center gap-2">
      <span role="status" className="text-sm text-ink-3">
        {state === 'asked' && 'Reading the chain'}
        {state === 'failed' && 'Not read; try again'}
      </span>
      {state === 'asked' && <RefreshFor seconds={8} onEnd={rest} />}
      <Button variant="quiet" size="sm" busy={state === 'busy'} onClick={read} title="Read the balance on chain now">
        {state !== 'busy' && <RefreshCw aria-hidden="true" className="size-4" />} Refresh
      </Button>
    </span>
  )
}

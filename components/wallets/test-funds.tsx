'use client'

import { Droplets } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { FailureNotice } from '#components/account/failure-notice.tsx'
import { useSend } from '#components/account/use-send.ts'
import { Button } from '#components/ui/button.tsx'

/** Asks for test USDC, on networks where nothing is worth anything. */
export function TestFunds({ walletId }: { walletId: string }) {
  const router = useRouter()
  const { send, busy, failure } = useSend()
  const [asked, setAsked] = useState(false)

  async function ask() {
    if ((await send({ method: 'POST', path: `/api/v1/wallets/${walletId}/test-funds` })) === null) return
    setAsked(true)
    router.refresh()
  }

  return (
    <>
      <Button variant="secondary" size="sm" busy={busy} onClick={ask}>
        <Droplets aria-hidden="true" className="size-4" /> Get test USDC
      </Button>
      <span aria-live="polite" className="text-ink-2">
        {asked && !failure && 'On its way. The balance follows once it is on chain.'}
      </span>
      {failure && (
        <div className="basis-full">
          <FailureNotice failure={failure} />
        </div>
      )}
    </>
  )
}

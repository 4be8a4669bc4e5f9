'use client'

import { Ban } from 'lucide-react'
import { FailureNotice } from '#components/account/failure-notice.tsx'
import { useSend } from '#components/account/use-send.ts'
import { Button } from '#components/ui/button.tsx'
import type { Intent } from '#lib/intents/schema.ts'

/** Ends a payment of which nothing has moved. It can be proposed again, so nobody is asked twice. */
export function CancelIntent({ intent, onCancelled }: { intent: Intent; onCancelled: () => void }) {
  const { send, busy, failure } = useSend()

  async function cancel() {
    await send({ method: 'POST', path: `/api/v1/intents/${intent.id}/cancellation` })
    // Whether it was in time or not, the page shows what became of it.
    onCancelled()
  }

  return (
    <>
      <Button variant="secondary" busy={busy} onClick={cancel}>
        <Ban aria-hidden="true" className="size-4" /> Cancel this payment
      </Button>
      {failure && (
        <div className="basis-full">
          <FailureNotice failure={failure} />
        </div>
      )}
    </>
  )
}

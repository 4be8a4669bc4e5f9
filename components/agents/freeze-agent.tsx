'use client'

import { Snowflake, Sun } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Confirm } from '#components/account/confirm.tsx'
import { FailureNotice } from '#components/account/failure-notice.tsx'
import { useSend } from '#components/account/use-send.ts'
import { Button } from '#components/ui/button.tsx'

type FreezeAgentProps = { id: string; name: string; frozen: boolean }

/** Stops an agent at one press, since that is for emergencies; letting it pay again is asked about. */
export function FreezeAgent({ id, name, frozen }: FreezeAgentProps) {
  const router = useRouter()
  const { send, busy, failure } = useSend()
  const [asking, setAsking] = useState(false)
  const path = `/api/v1/agents/${id}/freeze`

  async function freeze() {
    if ((await send({ method: 'POST', path })) !== null) router.refresh()
  }

  return (
    <>
      {frozen ? (
        <Button variant="secondary" size="sm" onClick={() => setAsking(true)}>
          <Sun aria-hidden="true" className="size-4" /> Let it pay again
        </Button>
      ) : (
        <Button
          variant="secondary"
          size="sm"
          busy={busy}
          onClick={freeze}
          title="Nothing moves after. What waits is cancelled."
        >
          <Snowflake aria-hidden="true" className="size-4" /> Freeze
        </Button>
      )}
      {failure && (
        <div className="basis-full">
          <FailureNotice failure={failure} />
        </div>
      )}
      <Confirm
        open={asking}
        onClose={() => setAsking(false)}
        title={`Let ${name} pay again?`}
        description="From then on its guards decide, as before. What was cancelled when it was frozen stays cancelled."
        confirm={`Let ${name} pay`}
        request={{ method: 'DELETE', path }}
      />
    </>
  )
}

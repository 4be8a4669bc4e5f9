'use client'

import { PenLine } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useEffect, useState } from 'react'
import { FailureNotice } from '#components/account/failure-notice.tsx'
import { useSend } from '#components/account/use-send.ts'
import { type ApiFailure, asFailure, call } from '#components/onramp/api.ts'
import type { TransferRequest } from '#components/sign/types.ts'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { Intent } from '#lib/intents/schema.ts'

const PayDialog = dynamic(() => import('#components/sign/pay-dialog.tsx').then((module) => module.PayDialog), {
  ssr: false,
})

/**
 * Signs a payment with the person's own wallet, and names the transaction. What has to be signed is asked for at the press of the
 * button, so that nobody signs what was cancelled elsewhere meanwhile. Were the naming to fail, the chain tells of it all the same.
 */
export function SignIntent({ intent, onSigned }: { intent: Intent; onSigned: () => void }) {
  const [request, setRequest] = useState<TransferRequest | null>(null)
  const [asking, setAsking] = useState(false)
  const [refusal, setRefusal] = useState<ApiFailure | null>(null)
  const [sent, setSent] = useState<string | null>(null)
  const { send, failure } = useSend()
  const path = `/api/v1/intents/${intent.id}/signature`

  // The wallet code comes while the person reads, not once they press.
  useEffect(() => void import('#components/sign/pay-dialog.tsx'), [])

  async function begin() {
    setRefusal(null)
    setAsking(true)
    try {
      setRequest((await call<TransferRequest>(path, { cache: 'no-store' })).body)
    } catch (error) {
      setRefusal(asFailure(error))
      onSigned()
    } finally {
      setAsking(false)
    }
  }

  async function name(hash: `0x${string}`) {
    setRequest(null)
    setSent(hash)
    await send({ method: 'POST', path, body: { hash } })
    onSigned()
  }

  if (sent) {
    return (
      <div className="basis-full">
        <Notice title="Your wallet sent it." announce>
          {failure
            ? 'We could not be told which transaction it is, and will find it on the chain by ourselves. Do not sign it again.'
            : 'The chain is confirming it now. You can close this page.'}
        </Notice>
      </div>
    )
  }
  return (
    <>
      <Button busy={asking} onClick={begin}>
        <PenLine aria-hidden="true" className="size-4" /> Sign with your wallet
      </Button>
      {refusal && (
        <div className="basis-full">
          <FailureNotice failure={refusal} />
        </div>
      )}
      {request && <PayDialog request={request} onSent={name} onClose={() => setRequest(null)} />}
    </>
  )
}

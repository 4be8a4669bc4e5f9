'use client'

import { Send } from 'lucide-react'
import { useState } from 'react'
import { useSend } from '#components/account/use-send.ts'
import { Button } from '#components/ui/button.tsx'
import { cx } from '#components/ui/cx.ts'
import type { WebhookTest } from '#lib/rates/alerts/schema.ts'

/** Posts a test to where an alert is told, and says how that went. */
export function TestWebhook({ id, line }: { id: string; line: string }) {
  const { send, busy, failure } = useSend<WebhookTest>()
  const [answer, setAnswer] = useState<WebhookTest | null>(null)

  async function test() {
    setAnswer(null)
    setAnswer(await send({ method: 'POST', path: `/api/v1/rates/alerts/${id}/test` }))
  }

  return (
    <>
      <Button variant="secondary" size="sm" busy={busy} onClick={test} aria-label={`Send a test: ${line}`}>
        <Send aria-hidden="true" className="size-4" /> Send a test
      </Button>
      <p role="status" className={cx('order-last text-sm', answer?.taken ? 'text-moss' : 'text-brick')}>
        {answer?.detail ?? failure?.detail}
      </p>
    </>
  )
}

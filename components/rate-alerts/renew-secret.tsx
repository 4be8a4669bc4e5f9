'use client'

import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { FailureNotice } from '#components/account/failure-notice.tsx'
import { useSend } from '#components/account/use-send.ts'
import { SecretOnce } from '#components/rate-alerts/secret-once.tsx'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import type { WebhookSecret } from '#lib/rates/alerts/schema.ts'

/** Gives the address of an alert another secret, for whoever lost the one before, or lost it to somebody. */
export function RenewSecret({ id, line }: { id: string; line: string }) {
  const { send, busy, failure, forget } = useSend<WebhookSecret>()
  const [open, setOpen] = useState(false)
  const [secret, setSecret] = useState<string | null>(null)

  function toggle(next: boolean) {
    if (busy) return
    forget()
    setOpen(next)
    // Once the window is closed the secret is in no place of ours.
    if (!next) setSecret(null)
  }

  async function renew() {
    const answer = await send({ method: 'POST', path: `/api/v1/rates/alerts/${id}/secret` })
    if (answer) setSecret(answer.secret)
  }

  return (
    <>
      <Button variant="quiet" size="sm" onClick={() => toggle(true)} aria-label={`New secret: ${line}`}>
        <KeyRound aria-hidden="true" className="size-4" /> New secret
      </Button>
      <Dialog
        open={open}
        onOpenChange={toggle}
        title={secret ? 'Copy the secret now' : 'Get a new secret?'}
        description={
          secret
            ? 'It is shown this once. The one before signs nothing more.'
            : 'All of your alerts to this address are signed with it from then on. Your server has to know it before the next webhook.'
        }
      >
        {secret ? (
          <SecretOnce secret={secret} onDone={() => toggle(false)} />
        ) : (
          <div className="flex flex-col gap-4">
            {failure && <FailureNotice failure={failure} />}
            <div className="flex flex-wrap justify-end gap-2">
              <Button variant="secondary" onClick={() => toggle(false)}>
                Cancel
              </Button>
              <Button busy={busy} onClick={renew}>
                Get a new secret
              </Button>
            </div>
          </div>
        )}
      </Dialog>
    </>
  )
}

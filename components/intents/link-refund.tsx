'use client'

import { Undo2 } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { FailureNotice } from '#components/account/failure-notice.tsx'
import { useSend } from '#components/account/use-send.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { showAmount } from '#components/ui/show-amount.ts'
import { useLocale } from '#components/ui/use-locale.ts'
import type { IntentDetail } from '#lib/intents/schema.ts'

/** Names the transaction by which a payment came back; the chain is read for it, and the budgets get back what it took. */
export function LinkRefund({ intent, onLinked }: { intent: IntentDetail; onLinked: () => void }) {
  const locale = useLocale()
  const { send, busy, failure, forget } = useSend()
  const [open, setOpen] = useState(false)
  const [hash, setHash] = useState('')

  function toggle(next: boolean) {
    if (busy) return
    forget()
    setOpen(next)
  }

  async function link(event: FormEvent) {
    event.preventDefault()
    const path = `/api/v1/intents/${intent.id}/refund`
    if ((await send({ method: 'POST', path, body: { hash: hash.trim() } })) === null) return
    setOpen(false)
    onLinked()
  }

  return (
    <>
      <Button variant="secondary" onClick={() => toggle(true)}>
        <Undo2 aria-hidden="true" className="size-4" /> It came back
      </Button>
      <Dialog
        open={open}
        onOpenChange={toggle}
        title="Did this payment come back?"
        description={`Name the transaction that brought back all ${showAmount(intent.amount, intent.asset, locale)} from whom was paid. We read it on chain, and its budgets get the money back.`}
      >
        <form onSubmit={link} noValidate className="flex flex-col gap-4">
          <Field
            label="Transaction"
            error={failure?.field === 'hash' ? failure.detail : null}
            hint="0x and 64 characters."
          >
            {(control) => (
              <Input
                {...control}
                value={hash}
                onChange={(event) => {
                  forget()
                  setHash(event.target.value)
                }}
                placeholder="0x…"
                autoComplete="off"
                spellCheck={false}
                className="font-mono text-sm!"
              />
            )}
          </Field>
          {failure && failure.field !== 'hash' && <FailureNotice failure={failure} />}
          <div className="flex justify-end gap-2">
            <Button variant="secondary" onClick={() => toggle(false)}>
              Cancel
            </Button>
            <Button type="submit" busy={busy}>
              Link it
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  )
}

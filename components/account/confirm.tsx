'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, useRef } from 'react'
import { FailureNotice } from '#components/account/failure-notice.tsx'
import { useSend } from '#components/account/use-send.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'

type ConfirmProps = {
  open: boolean
  onClose: () => void
  /** The question, and what will happen exactly. */
  title: string
  description: string
  /** What the button that does it says. */
  confirm: string
  danger?: boolean
  request: { method: 'POST' | 'DELETE'; path: string; body?: unknown }
  children?: ReactNode
}

/** Asks before something is done, does it, and draws the page anew. */
export function Confirm({
  open,
  onClose,
  title,
  description,
  confirm,
  danger = false,
  request,
  children,
}: ConfirmProps) {
  const router = useRouter()
  const { send, busy, failure, forget } = useSend()
  const button = useRef<HTMLButtonElement>(null)

  function close() {
    // What is under way has an outcome, and it is said here.
    if (busy) return
    forget()
    onClose()
  }

  async function act() {
    if ((await send(request)) === null) return
    onClose()
    router.refresh()
  }

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        if (!next) close()
      }}
      initialFocus={button}
      title={title}
      description={description}
    >
      <div className="flex flex-col gap-4">
        {children}
        {failure && <FailureNotice failure={failure} />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button variant="secondary" onClick={close}>
            Cancel
          </Button>
          <Button ref={button} variant={danger ? 'danger' : 'primary'} busy={busy} onClick={act} className="max-w-full">
            <span className="truncate">{confirm}</span>
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

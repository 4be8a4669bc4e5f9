'use client'

import { RotateCcw } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useRef, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Notice } from '#components/ui/notice.tsx'

export type ReplayResult = { ok: true } | { ok: false; detail: string }

type ReplayButtonProps = {
  id: string
  /** What is replayed, as it is shown in the question. */
  name: string
  action: (id: string) => Promise<ReplayResult>
}

/** Handles a stored webhook again, after a question. `e` presses it. */
export function ReplayButton({ id, name, action }: ReplayButtonProps) {
  const router = useRouter()
  const confirm = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)

  async function replay() {
    setBusy(true)
    setProblem(null)
    const unreachable: ReplayResult = {
      ok: false,
      detail: 'Causeway could not be reached. It may have been replayed; look before you try again.',
    }
    const result = await action(id).catch(() => unreachable)
    setBusy(false)
    if (!result.ok) return setProblem(result.detail)
    setOpen(false)
    router.refresh()
  }

  return (
    <>
      <Button variant="quiet" size="sm" data-desk-replay onClick={() => setOpen(true)}>
        <RotateCcw aria-hidden="true" className="size-3.5" /> Replay
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        initialFocus={confirm}
        title="Replay this webhook?"
        description="Its handler runs again. It reads the object at its source first, so nothing is paid or delivered twice. The audit log keeps your name."
      >
        <p className="mb-4 font-mono text-sm break-all text-ink-2">{name}</p>
        {problem && (
          <Notice tone="failed" title="Not replayed" announce className="mb-4">
            {problem}
          </Notice>
        )}
        <div className="flex justify-end gap-2">
          <Button variant="secondary" onClick={() => setOpen(false)}>
            Cancel
          </Button>
          <Button ref={confirm} busy={busy} onClick={replay}>
            Replay the webhook
          </Button>
        </div>
      </Dialog>
    </>
  )
}

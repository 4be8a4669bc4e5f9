'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, type ReactNode, useRef, useState } from 'react'
import { useDone } from '#components/operate/desk-toasts.tsx'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { controlStyle } from '#components/ui/input.tsx'
import { Notice } from '#components/ui/notice.tsx'

export type ActionResult = { ok: true } | { ok: false; detail: string }

type ConfirmActionProps = {
  /** The button's words, and its icon. */
  label: string
  icon: ReactNode
  /** The question, what will happen exactly, and to what. */
  title: string
  description: string
  subject: string
  /** What the button that does it says. */
  confirm: string
  /** What is said once it is done. */
  done: string
  /** Asks for a text that is kept with the action. */
  note?: { label: string; hint: string }
  id: string
  action: (id: string, note: string) => Promise<ActionResult>
}

const unreachable: ActionResult = {
  ok: false,
  detail: 'Causeway did not answer. It may have been done; look before you try again.',
}

/** Something that is done to one thing, after a question that says what will happen. `e` presses it in its row. */
export function ConfirmAction({
  label,
  icon,
  title,
  description,
  subject,
  confirm,
  done,
  note,
  id,
  action,
}: ConfirmActionProps) {
  const router = useRouter()
  const say = useDone()
  const button = useRef<HTMLButtonElement>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  const [open, setOpen] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)

  function toggle(next: boolean) {
    // What is under way has an outcome, and it is said here.
    if (busy) return
    setProblem(null)
    setOpen(next)
  }

  async function act(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    setProblem(null)
    const result = await action(id, field.current?.value ?? '').catch(() => unreachable)
    setBusy(false)
    if (!result.ok) return setProblem(result.detail)
    setOpen(false)
    say(done, subject)
    router.refresh()
  }

  return (
    <>
      <Button variant="quiet" size="sm" data-desk-act onClick={() => toggle(true)}>
        {icon} {label}
      </Button>
      <Dialog
        open={open}
        onOpenChange={toggle}
        initialFocus={note ? field : button}
        title={title}
        description={description}
      >
        <form onSubmit={act} className="flex flex-col gap-4">
          <p className="rounded-md bg-sunk px-3 py-2 font-mono text-sm break-all text-ink-2">{subject}</p>
          {note && (
            <Field label={note.label} hint={note.hint}>
              {(control) => (
                <textarea
                  {...control}
                  ref={field}
                  required
                  maxLength={500}
                  rows={3}
                  className={`${controlStyle} py-2 text-sm`}
                />
              )}
            </Field>
          )}
          {problem && (
            <Notice tone="failed" title="Not done" announce>
              {problem}
            </Notice>
          )}
          <div className="flex justify-end gap-2">
            <Button variant="secondary" onClick={() => toggle(false)}>
              Cancel
            </Button>
            <Button ref={button} type="submit" busy={busy}>
              {confirm}
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  )
}

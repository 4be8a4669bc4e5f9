'use client'

import { Pencil } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { FailureNotice } from '#components/account/failure-notice.tsx'
import { NameField } from '#components/account/name-field.tsx'
import { useSend } from '#components/account/use-send.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'

type RenameAgentProps = { id: string; name: string }

/** Gives an agent another name. */
export function RenameAgent({ id, name }: RenameAgentProps) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <button
        type="button"
        title="Rename"
        aria-label={`Rename ${name}`}
        onClick={() => setOpen(true)}
        className="inline-grid size-9 place-items-center rounded-sm align-middle text-ink-3 transition-colors hover:bg-sunk hover:text-ink"
      >
        <Pencil aria-hidden="true" className="size-4" />
      </button>
      <Dialog open={open} onOpenChange={setOpen} title={`Rename ${name}`}>
        <RenameForm id={id} name={name} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  )
}

function RenameForm({ id, name, onDone }: RenameAgentProps & { onDone: () => void }) {
  const router = useRouter()
  const { send, busy, failure, forget } = useSend()
  const [next, setNext] = useState(name)

  async function rename(event: FormEvent) {
    event.preventDefault()
    if ((await send({ method: 'PATCH', path: `/api/v1/agents/${id}`, body: { name: next.trim() } })) === null) return
    onDone()
    router.refresh()
  }

  const refusal = failure && (failure.field === 'name' || failure.code === 'name_taken') ? failure.detail : null
  return (
    <form onSubmit={rename} noValidate className="flex flex-col gap-4">
      <NameField
        value={next}
        error={refusal ?? (next.trim() === '' ? 'Give it a name.' : null)}
        onName={(typed) => {
          forget()
          setNext(typed)
        }}
      />
      {failure && !refusal && <FailureNotice failure={failure} />}
      <Button type="submit" busy={busy} disabled={next.trim() === ''}>
        Rename
      </Button>
    </form>
  )
}

'use client'

import { BellPlus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { type AlertWish, CreateAlertForm } from '#components/rate-alerts/create-alert-form.tsx'
import { SecretOnce } from '#components/rate-alerts/secret-once.tsx'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'

type CreateAlertProps = AlertWish & {
  /** Whoever comes from a price has asked already. */
  open?: boolean
}

/** Asks to be told of a price, and shows the secret of a new webhook the one time it can be seen. */
export function CreateAlert({ open: asked = false, ...form }: CreateAlertProps) {
  const router = useRouter()
  const [open, setOpen] = useState(asked)
  const [secret, setSecret] = useState<string | null>(null)

  function toggle(next: boolean) {
    setOpen(next)
    // Once the window is closed the secret is in no place of ours.
    if (!next) setSecret(null)
  }

  return (
    <>
      <Button onClick={() => toggle(true)}>
        <BellPlus aria-hidden="true" className="size-4" /> New alert
      </Button>
      <Dialog
        open={open}
        onOpenChange={toggle}
        title={secret ? 'Copy the secret now' : 'Be told of a price'}
        description={
          secret
            ? 'It is shown this once. Webhooks to this address are signed with it.'
            : 'Once, when a price is where you draw the line. Prices are read every ten minutes.'
        }
      >
        {secret ? (
          <SecretOnce secret={secret} onDone={() => toggle(false)} />
        ) : (
          <CreateAlertForm
            {...form}
            onMade={(made) => {
              router.refresh()
              if (made) setSecret(made)
              else toggle(false)
            }}
          />
        )}
      </Dialog>
    </>
  )
}

'use client'

import { KeyRound } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { CreateKeyForm } from '#components/agents/create-key-form.tsx'
import { ShownOnce } from '#components/agents/shown-once.tsx'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'

type CreateKeyProps = { agentId: string; agentName: string; appUrl: string }

/** Makes a key of an agent, and shows it the one time it can be seen. */
export function CreateKey({ agentId, agentName, appUrl }: CreateKeyProps) {
  const router = useRouter()
  const [open, setOpen] = useState(false)
  const [made, setMade] = useState<string | null>(null)

  function toggle(next: boolean) {
    setOpen(next)
    // Once the window is closed the key is in no place of ours.
    if (!next) setMade(null)
  }

  return (
    <>
      <Button variant="secondary" size="sm" onClick={() => toggle(true)}>
        <KeyRound aria-hidden="true" className="size-4" /> Create a key
      </Button>
      <Dialog
        open={open}
        onOpenChange={toggle}
        wide={made !== null}
        title={made ? 'Copy the key now' : 'Create a key'}
        description={
          made
            ? 'It is shown this once: Causeway keeps only its hash.'
            : `With it, software acts for ${agentName}. No key can approve, or change a guard, a contact or a key.`
        }
      >
        {made ? (
          <ShownOnce apiKey={made} appUrl={appUrl} onDone={() => toggle(false)} />
        ) : (
          <CreateKeyForm
            agentId={agentId}
            onMade={(key) => {
              setMade(key)
              router.refresh()
            }}
          />
        )}
      </Dialog>
    </>
  )
}

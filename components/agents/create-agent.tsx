'use client'

import { Bot } from 'lucide-react'
import type { Route } from 'next'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { FailureNotice } from '#components/account/failure-notice.tsx'
import { NameField } from '#components/account/name-field.tsx'
import { useSend } from '#components/account/use-send.ts'
import type { WalletNetwork } from '#components/agents/types.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Select } from '#components/ui/select.tsx'

type CreateAgentProps = { networks: WalletNetwork[] }

/** Makes an agent with a wallet of its own, and goes to it. */
export function CreateAgent({ networks }: CreateAgentProps) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Bot aria-hidden="true" className="size-4" /> Create an agent
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Create an agent"
        description="It gets a wallet of its own. Until you set guards, every payment it proposes asks you first."
      >
        <CreateAgentForm networks={networks} />
      </Dialog>
    </>
  )
}

function CreateAgentForm({ networks }: CreateAgentProps) {
  const router = useRouter()
  const { send, busy, failure, forget } = useSend<{ id: string }>()
  const [name, setName] = useState('')
  const [network, setNetwork] = useState(networks[0]?.network ?? '')
  const [pressed, setPressed] = useState(false)
  const [leaving, setLeaving] = useState(false)
  const chosen = networks.find((each) => each.network === network)

  async function create(event: FormEvent) {
    event.preventDefault()
    setPressed(true)
    if (name.trim() === '') return
    const agent = await send({ method: 'POST', path: '/api/v1/agents', body: { name: name.trim(), network } })
    if (!agent) return
    setLeaving(true)
    router.push(`/agents/${agent.id}` as Route)
  }

  const nameError =
    failure?.field === 'name' || failure?.code === 'name_taken'
      ? failure.detail
      : pressed && name.trim() === ''
        ? 'Give it a name.'
        : null
  return (
    <form onSubmit={create} noValidate className="flex flex-col gap-4">
      <NameField
        value={name}
        error={nameError}
        hint="What you call it, for example what it is for."
        placeholder="Ada"
        onName={(typed) => {
          forget()
          setName(typed)
        }}
      />
      <Field
        label="Network"
        hint={
          chosen?.testnet
            ? 'A test network: nothing on it is worth anything.'
            : 'Its wallet holds money on this network.'
        }
      >
        {(control) => (
          <Select {...control} value={network} onChange={(event) => setNetwork(event.target.value)}>
            {networks.map((each) => (
              <option key={each.network} value={each.network}>
                {each.label}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {failure && !nameError && <FailureNotice failure={failure} />}
      <Button type="submit" busy={busy || leaving}>
        <span className="truncate">Create {name.trim() || 'agent'}</span>
      </Button>
    </form>
  )
}

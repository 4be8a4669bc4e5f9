'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { AddressField } from '#components/account/address-field.tsx'
import { FailureNotice } from '#components/account/failure-notice.tsx'
import { NameField } from '#components/account/name-field.tsx'
import { useSend } from '#components/account/use-send.ts'
import { useTypedAddress } from '#components/account/use-typed-address.ts'
import { AlikeNotice } from '#components/contacts/alike-notice.tsx'
import { likenessOf } from '#components/contacts/look-alike.ts'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import type { Contact } from '#lib/contacts/schema.ts'

type ContactFormProps = { contacts: Contact[]; tokenAddresses: string[]; onSaved: () => void }

/** A name, an address and the domain they are known by. An address that looks like a contact's has to be compared first. */
export function ContactForm({ contacts, tokenAddresses, onSaved }: ContactFormProps) {
  const router = useRouter()
  const { send, busy, failure, forget } = useSend()
  const [name, setName] = useState('')
  const [typed, setTyped] = useState('')
  const [domain, setDomain] = useState('')
  const [compared, setCompared] = useState<string | null>(null)
  const [pressed, setPressed] = useState(false)
  const { verdict, address } = useTypedAddress(typed, tokenAddresses)
  const likeness = address ? likenessOf(address, contacts) : null
  const uncompared = likeness?.kind === 'alike' && compared !== address
  const refused = (field: string) => (failure?.field === field ? failure.detail : null)

  async function save(event: FormEvent) {
    event.preventDefault()
    setPressed(true)
    if (name.trim() === '' || !address || uncompared) return
    const body = { name: name.trim(), address, ...(domain.trim() ? { domain: domain.trim().toLowerCase() } : {}) }
    if ((await send({ method: 'POST', path: '/api/v1/contacts', body })) === null) return
    onSaved()
    router.refresh()
  }

  return (
    <form onSubmit={save} noValidate className="flex flex-col gap-4">
      <NameField
        value={name}
        error={refused('name') ?? (pressed && name.trim() === '' ? 'Give them a name.' : null)}
        placeholder="Merchant"
        onName={(typed) => {
          forget()
          setName(typed)
        }}
      />
      <AddressField
        label="Address"
        typed={typed}
        verdict={verdict}
        refusal={refused('address')}
        pressed={pressed}
        compareWith="the one they gave you"
        onTyped={(next) => {
          forget()
          setTyped(next.slice(0, 200))
        }}
      />
      {address && likeness && (
        <AlikeNotice
          likeness={likeness}
          address={address}
          compared={!uncompared}
          pressed={pressed}
          onCompared={(yes) => setCompared(yes ? address : null)}
        />
      )}
      <Field
        label="Website (optional)"
        hint="Guards that allow or block websites go by this, and by nothing an agent says."
        error={refused('domain')}
      >
        {(control) => (
          <Input
            {...control}
            value={domain}
            maxLength={253}
            placeholder="shop.example"
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            inputMode="url"
            onChange={(event) => {
              forget()
              setDomain(event.target.value)
            }}
          />
        )}
      </Field>
      {failure && !failure.field && <FailureNotice failure={failure} />}
      <Button type="submit" busy={busy}>
        <span className="truncate">Save {name.trim() || 'contact'}</span>
      </Button>
    </form>
  )
}

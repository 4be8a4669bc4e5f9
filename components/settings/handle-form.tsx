'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { FailureNotice } from '#components/account/failure-notice.tsx'
import { useSend } from '#components/account/use-send.ts'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { Select } from '#components/ui/select.tsx'

type HandleFormProps = {
  current: { handle: string; walletId: string } | null
  /** The wallets it may lead to. */
  wallets: { id: string; label: string }[]
}

const form = /^[a-z][a-z0-9_]{2,19}$/

/** The name under which others pay a person, and where that goes. */
export function HandleForm({ current, wallets }: HandleFormProps) {
  const router = useRouter()
  const { send, busy, failure, forget } = useSend()
  const [handle, setHandle] = useState(current?.handle ?? '')
  const [walletId, setWalletId] = useState(current?.walletId ?? wallets[0]?.id ?? '')
  const [pressed, setPressed] = useState(false)
  const changed = handle !== current?.handle || walletId !== current?.walletId
  const fault = form.test(handle) ? null : 'Three to twenty small letters, digits or _, beginning with a letter.'

  async function claim(event: FormEvent) {
    event.preventDefault()
    setPressed(true)
    if (fault) return
    if ((await send({ method: 'PUT', path: '/api/v1/handles', body: { handle, walletId } })) === null) return
    setPressed(false)
    router.refresh()
  }

  const refusal = failure && (failure.field === 'handle' || failure.code === 'name_taken') ? failure.detail : null
  return (
    <form onSubmit={claim} noValidate className="flex max-w-120 flex-col gap-4 px-5 pb-5">
      <Field
        label="Handle"
        error={refusal ?? (pressed ? fault : null)}
        hint="Small letters, digits and _. Whoever knows it can pay you, and sees nothing else."
      >
        {(control) => (
          <span className="relative block">
            <span aria-hidden="true" className="absolute inset-y-0 left-3 grid place-items-center text-ink-3">
              @
            </span>
            <Input
              {...control}
              value={handle}
              maxLength={20}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              className="pl-8"
              onChange={(event) => {
                forget()
                setHandle(event.target.value.trim().toLowerCase().replace(/^@/, ''))
              }}
            />
          </span>
        )}
      </Field>
      <Field label="Is paid into">
        {(control) => (
          <Select {...control} value={walletId} onChange={(event) => setWalletId(event.target.value)}>
            {wallets.map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {failure && !refusal && <FailureNotice failure={failure} />}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" busy={busy} disabled={!changed}>
          {current && handle === current.handle ? 'Save' : `Take ${handle ? `@${handle}` : 'this handle'}`}
        </Button>
        {current && !changed && <p className="text-sm text-ink-3">Others can pay you as @{current.handle}.</p>}
      </div>
    </form>
  )
}

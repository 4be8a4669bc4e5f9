'use client'

import { type FormEvent, useState } from 'react'
import { FailureNotice } from '#components/account/failure-notice.tsx'
import { NameField } from '#components/account/name-field.tsx'
import { useSend } from '#components/account/use-send.ts'
import { type Scope, scopes } from '#components/agents/scope-words.ts'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Select } from '#components/ui/select.tsx'
import type { CreatedApiKey } from '#lib/api-keys/schema.ts'

const lifetimes = [
  { days: 7, label: '7 days' },
  { days: 30, label: '30 days' },
  { days: 90, label: '90 days' },
  { days: 365, label: 'A year' },
  { days: 0, label: 'Until you revoke it' },
]

type CreateKeyFormProps = { agentId: string; onMade: (key: string) => void }

/** What a key is called, may do, may spend at once, and how long it holds. */
export function CreateKeyForm({ agentId, onMade }: CreateKeyFormProps) {
  const { send, busy, failure, forget } = useSend<CreatedApiKey>()
  const [name, setName] = useState('')
  const [allowed, setAllowed] = useState<Scope[]>(scopes.map(({ scope }) => scope))
  const [limit, setLimit] = useState('')
  const [days, setDays] = useState(90)
  const [pressed, setPressed] = useState(false)
  const [lost, setLost] = useState(false)
  const refused = (field: string) => (failure?.field === field ? failure.detail : null)
  const limitFault =
    limit.trim() !== '' && !/^\d{1,9}(\.\d{1,6})?$/.test(limit.trim()) ? 'Write an amount, like 10.00.' : null

  async function create(event: FormEvent) {
    event.preventDefault()
    setPressed(true)
    if (name.trim() === '' || allowed.length === 0 || limitFault) return
    const made = await send({
      method: 'POST',
      path: `/api/v1/agents/${agentId}/api-keys`,
      body: {
        name: name.trim(),
        scopes: allowed,
        ...(limit.trim() ? { paymentLimit: limit.trim() } : {}),
        ...(days > 0 ? { expiresAt: new Date(Date.now() + days * 86_400_000).toISOString() } : {}),
      },
    })
    // A repeated request finds the key made, and its text in no place any more.
    if (made?.key) onMade(made.key)
    else if (made) setLost(true)
  }

  function toggle(scope: Scope, on: boolean) {
    forget()
    setAllowed(scopes.map((each) => each.scope).filter((each) => (each === scope ? on : allowed.includes(each))))
  }

  return (
    <form onSubmit={create} noValidate className="flex flex-col gap-4">
      <NameField
        value={name}
        error={refused('name') ?? (pressed && name.trim() === '' ? 'Say what will use it.' : null)}
        placeholder="Claude on my laptop"
        onName={(typed) => {
          forget()
          setName(typed)
        }}
      />
      <fieldset>
        <legend className="mb-1.5 text-sm font-medium">It may</legend>
        <div className="flex flex-col">
          {scopes.map(({ scope, name: scopeName, means }) => (
            <label key={scope} className="flex min-h-11 items-center gap-3 text-sm">
              <input
                type="checkbox"
                checked={allowed.includes(scope)}
                onChange={(event) => toggle(scope, event.target.checked)}
                className="size-4.5 shrink-0 accent-tide"
              />
              <span>
                <span className="font-medium">{scopeName}</span>
                <span className="text-ink-2">: {means}</span>
              </span>
            </label>
          ))}
        </div>
        {pressed && allowed.length === 0 && (
          <p role="alert" className="mt-1 text-sm text-brick">
            A key that may do nothing is of no use. Choose one.
          </p>
        )}
      </fieldset>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label="At most per payment"
          error={refused('paymentLimit') ?? limitFault}
          hint="In dollars. Empty: only the guards limit it."
        >
          {(control) => (
            <Input
              {...control}
              value={limit}
              inputMode="decimal"
              autoComplete="off"
              placeholder="No limit of its own"
              onChange={(event) => {
                forget()
                setLimit(event.target.value.slice(0, 20))
              }}
            />
          )}
        </Field>
        <Field label="Holds for" error={refused('expiresAt')}>
          {(control) => (
            <Select {...control} value={days} onChange={(event) => setDays(Number(event.target.value))}>
              {lifetimes.map((each) => (
                <option key={each.days} value={each.days}>
                  {each.label}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      {failure && !failure.field && <FailureNotice failure={failure} />}
      {lost && (
        <Notice tone="attention" title="The key was made, and the answer with it got lost" announce>
          Nobody has it. Close this, revoke it in the list and create another.
        </Notice>
      )}
      <Button type="submit" busy={busy}>
        Create the key
      </Button>
    </form>
  )
}

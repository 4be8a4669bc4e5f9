'use client'

import { type SubmitEvent, useState } from 'react'
import { EmailField } from '#components/auth/email-field.tsx'
import { RefusalNotice, refusalAt } from '#components/auth/refusal.tsx'
import type { SignInActions } from '#components/auth/types.ts'
import { useAttempt } from '#components/auth/use-attempt.ts'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'

type FormProps = {
  email: string
  onEmail: (email: string) => void
  actions: Pick<SignInActions, 'password'>
  onDone: () => void
}

/** Email and password, as password managers expect them. */
export function PasswordForm({ email, onEmail, actions, onDone }: FormProps) {
  const [password, setPassword] = useState('')
  const { busy, refusal, run } = useAttempt()

  async function submit(event: SubmitEvent) {
    event.preventDefault()
    if (await run(() => actions.password({ email, password }))) onDone()
  }

  return (
    // post: should the page not be ready yet, the browser must not put a password into the address.
    <form method="post" onSubmit={submit} className="flex flex-col gap-4" noValidate>
      <RefusalNotice refusal={refusal} fields={['email', 'password']} />
      <EmailField value={email} onChange={onEmail} error={refusalAt(refusal, 'email')} />
      <Field label="Password" error={refusalAt(refusal, 'password')}>
        {(control) => (
          <Input
            {...control}
            type="password"
            name="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" busy={busy}>
        {busy ? 'Signing in' : 'Sign in'}
      </Button>
    </form>
  )
}

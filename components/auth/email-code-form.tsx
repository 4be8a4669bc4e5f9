'use client'

import { type SubmitEvent, useState } from 'react'
import { CodeStep } from '#components/auth/code-step.tsx'
import { EmailField } from '#components/auth/email-field.tsx'
import { RefusalNotice, refusalAt } from '#components/auth/refusal.tsx'
import type { SignInActions } from '#components/auth/types.ts'
import { useAttempt } from '#components/auth/use-attempt.ts'
import { Button } from '#components/ui/button.tsx'

type FormProps = {
  email: string
  onEmail: (email: string) => void
  actions: Pick<SignInActions, 'sendCode' | 'verifyCode'>
  onDone: () => void
}

/** Sign in by a code: first the address it goes to, then the code. */
export function EmailCodeForm({ email, onEmail, actions, onDone }: FormProps) {
  const [sent, setSent] = useState(false)
  const { busy, refusal, run } = useAttempt()

  async function submit(event: SubmitEvent) {
    event.preventDefault()
    if (await run(() => actions.sendCode({ email }))) setSent(true)
  }

  if (sent) return <CodeStep email={email} actions={actions} onDone={onDone} onBack={() => setSent(false)} />
  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-4" noValidate>
      <RefusalNotice refusal={refusal} fields={['email']} />
      <EmailField value={email} onChange={onEmail} error={refusalAt(refusal, 'email')} />
      <Button type="submit" busy={busy}>
        {busy ? 'Sending the code' : 'Email me a code'}
      </Button>
    </form>
  )
}

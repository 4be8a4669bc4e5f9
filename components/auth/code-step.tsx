'use client'

import { type ClipboardEvent, type SubmitEvent, useState } from 'react'
import { RefusalNotice, refusalAt } from '#components/auth/refusal.tsx'
import type { SignInActions } from '#components/auth/types.ts'
import { useAttempt } from '#components/auth/use-attempt.ts'
import { useCountdown } from '#components/auth/use-countdown.ts'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'

/** Supabase sends one address a code no more often than this. */
const secondsBetweenCodes = 60

type CodeStepProps = {
  email: string
  actions: Pick<SignInActions, 'sendCode' | 'verifyCode'>
  onDone: () => void
  onBack: () => void
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, '').slice(0, 10)
}

/** Asks for the code that was sent. A pasted code, whatever surrounds its digits, is sent off at once. */
export function CodeStep({ email, actions, onDone, onBack }: CodeStepProps) {
  const [code, setCode] = useState('')
  const { busy, refusal, run } = useAttempt()
  const { seconds, restart } = useCountdown(secondsBetweenCodes)

  async function verify(digits: string) {
    if (await run(() => actions.verifyCode({ email, code: digits }))) onDone()
  }
  function submit(event: SubmitEvent) {
    event.preventDefault()
    void verify(code)
  }
  function paste(event: ClipboardEvent) {
    const digits = digitsOf(event.clipboardData.getData('text'))
    if (digits.length < 6) return
    event.preventDefault()
    setCode(digits)
    void verify(digits)
  }
  async function resend() {
    setCode('')
    if (await run(() => actions.sendCode({ email }))) restart()
  }

  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-4" noValidate>
      <p className="text-sm text-ink-2">
        We sent a code to <strong className="break-all text-ink">{email.trim()}</strong>. It can take a minute; look
        among unwanted mail too.
      </p>
      <RefusalNotice refusal={refusal} fields={['code']} />
      <Field label="Code" error={refusalAt(refusal, 'code')}>
        {(control) => (
          <Input
            {...control}
            type="text"
            name="code"
            inputMode="numeric"
            autoComplete="one-time-code"
            autoFocus
            required
            placeholder="123456"
            value={code}
            onPaste={paste}
            onChange={(event) => setCode(digitsOf(event.target.value))}
            className="font-mono text-lg tracking-[0.3em]"
          />
        )}
      </Field>
      <Button type="submit" busy={busy}>
        {busy ? 'One moment' : 'Sign in'}
      </Button>
      <div className="flex justify-between gap-2">
        <Button variant="quiet" size="sm" onClick={onBack}>
          Change address
        </Button>
        <Button variant="quiet" size="sm" onClick={resend} disabled={seconds > 0 || busy}>
          {seconds > 0 ? `New code in ${seconds} s` : 'Send a new code'}
        </Button>
      </div>
    </form>
  )
}

'use client'

import dynamic from 'next/dynamic'
import { useEffect, useState } from 'react'
import { adoptSessions } from '#components/auth/adopt-sessions.ts'
import { EmailCodeForm } from '#components/auth/email-code-form.tsx'
import { PasswordForm } from '#components/auth/password-form.tsx'
import type { SignInActions } from '#components/auth/types.ts'
import { Segmented } from '#components/ui/segmented.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { Spinner } from '#components/ui/spinner.tsx'

const WalletForm = dynamic(() => import('#components/auth/wallet-form.tsx').then((module) => module.WalletForm), {
  ssr: false,
  loading: () => <Skeleton className="h-14 w-full" />,
})

type Way = 'code' | 'password' | 'wallet'

type SignInProps = {
  next: string
  /** Whether the person who opened the page was signed in already. */
  signedIn: boolean
  actions: SignInActions
}

/** Three ways to sign in. Once one succeeded, what was bought as a guest comes along and the page moves on. */
export function SignIn({ next, signedIn, actions }: SignInProps) {
  const [way, setWay] = useState<Way>('code')
  const [email, setEmail] = useState('')
  // As it was when the page was opened: the answer to signing in draws the page anew, and must not overtake what follows.
  const [done, setDone] = useState(signedIn)

  useEffect(() => {
    if (!done) return
    // A full load: every part of the next page is drawn for the person who signed in.
    void adoptSessions().then(() => window.location.replace(next))
  }, [done, next])

  if (done) {
    return (
      <p role="status" className="flex min-h-40 items-center justify-center gap-2.5 text-ink-2">
        <Spinner className="size-5 text-tide" /> Signed in. One moment…
      </p>
    )
  }
  return (
    <div className="flex flex-col gap-5">
      <Segmented
        legend="How to sign in"
        name="way"
        value={way}
        onChange={setWay}
        options={[
          { value: 'code', label: 'Email code' },
          { value: 'password', label: 'Password' },
          { value: 'wallet', label: 'Wallet' },
        ]}
      />
      {way === 'code' && (
        <EmailCodeForm email={email} onEmail={setEmail} actions={actions} onDone={() => setDone(true)} />
      )}
      {way === 'password' && (
        <PasswordForm email={email} onEmail={setEmail} actions={actions} onDone={() => setDone(true)} />
      )}
      {way === 'wallet' && <WalletForm actions={actions} onDone={() => setDone(true)} />}
    </div>
  )
}

'use client'

import { useFormStatus } from 'react-dom'
import { Button } from '#components/ui/button.tsx'

function SignOutButton() {
  const { pending } = useFormStatus()
  return (
    <Button type="submit" variant="quiet" size="sm" busy={pending}>
      Sign out
    </Button>
  )
}

/** Who is signed in, and the way out. */
export function SignOutForm({ name, action }: { name: string; action: () => Promise<void> }) {
  return (
    <form action={action} className="flex max-w-full items-center gap-1 text-sm text-ink-2">
      <span className="max-w-60 truncate" title={name}>
        {name}
      </span>
      <SignOutButton />
    </form>
  )
}

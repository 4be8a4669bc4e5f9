'use client'

import { Check, Link2 } from 'lucide-react'
import { Button } from '#components/ui/button.tsx'
import { useCopied } from '#components/ui/use-copied.ts'

/** Copies the link that shows this payment on another device. Whoever has it can watch, and nothing else. */
export function ShareLink({ id, secret }: { id: string; secret: string | null }) {
  const { state, copy } = useCopied()
  const link = () => `${window.location.origin}/pay/${id}${secret ? `#${secret}` : ''}`
  return (
    <Button
      variant="secondary"
      className="max-sm:w-full"
      title={
        secret ? 'Whoever has the link can watch this payment, and nothing else.' : 'Opens where you are signed in.'
      }
      onClick={() => copy(link())}
    >
      {state === 'copied' ? (
        <Check aria-hidden="true" className="size-4 text-moss" />
      ) : (
        <Link2 aria-hidden="true" className="size-4" />
      )}
      <span className="min-w-17 text-left" aria-live="polite">
        {state === 'copied' ? 'Copied' : state === 'refused' ? 'Not copied' : 'Copy link'}
      </span>
    </Button>
  )
}

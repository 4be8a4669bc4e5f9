'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { Notice } from '#components/ui/notice.tsx'

type Trouble = 'away' | 'signed-out'

/** An answer that takes longer is none. */
const patienceMs = 8000

/**
 * Draws the desk anew every few seconds, while somebody looks and nothing is open over it. It asks first whether there is
 * anything to draw from: when there is not, it says so and leaves the page as it stands, typed text and all.
 */
export function DeskLive({ seconds }: { seconds: number }) {
  const router = useRouter()
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  useEffect(() => {
    let busy = false
    const look = async () => {
      if (busy || document.visibilityState !== 'visible' || isAsking()) return
      busy = true
      const found = await troubleNow()
      busy = false
      setTrouble(found)
      if (!found && !isAsking()) router.refresh()
    }
    const timer = setInterval(look, seconds * 1000)
    return () => clearInterval(timer)
  }, [router, seconds])
  return (
    <div className="pointer-events-none fixed inset-x-4 bottom-4 z-30 mx-auto max-w-140" role="status">
      {trouble === 'away' && (
        <Notice
          tone="failed"
          title="The desk does not reach its database"
          className="pointer-events-auto animate-arrive shadow-card"
        >
          What you see is from before, and no action goes through. Payments on their way are safe. It goes on by itself
          as soon as the database answers.
        </Notice>
      )}
      {trouble === 'signed-out' && (
        <Notice
          tone="attention"
          title="You are signed out"
          className="pointer-events-auto animate-arrive shadow-card"
          action={
            <a href="/sign-in?next=/operate" className="underline underline-offset-4">
              Sign in again
            </a>
          }
        >
          What you see is from before.
        </Notice>
      )}
    </div>
  )
}

/** Whether a question is open; what was done is said in a dialog's role too, and asks nothing. */
function isAsking(): boolean {
  return document.querySelector('[role=dialog]:not([data-desk-toast])') !== null
}

async function troubleNow(): Promise<Trouble | null> {
  try {
    const answer = await fetch('/operate/alive', { cache: 'no-store', signal: AbortSignal.timeout(patienceMs) })
    if (answer.ok) return null
    return answer.status === 404 ? 'signed-out' : 'away'
  } catch {
    // No answer at all: the server, or the way to it, is away.
    return 'away'
  }
}

'use client'

import { useEffect } from 'react'
import { BrokenCauseway } from '#components/site/broken-causeway.tsx'
import { Button } from '#components/ui/button.tsx'

type DeskErrorProps = { error: unknown; retry: () => void }

/** A page of the desk that could not be drawn, most often as the database is away. It tries again by itself. */
export function DeskError({ error, retry }: DeskErrorProps) {
  const reference = error instanceof Error && 'digest' in error ? String(error.digest) : null
  useEffect(() => {
    const timer = setInterval(retry, 5000)
    return () => clearInterval(timer)
  }, [retry])
  return (
    <main id="main" className="mx-auto flex w-full max-w-120 flex-1 flex-col items-center px-4 py-20 text-center">
      <BrokenCauseway />
      <h1 className="mt-8 text-xl">The desk could not be drawn</h1>
      <p className="mt-3 text-ink-2">
        Most often its database does not answer. Payments on their way are safe: they go on as soon as it does. This
        page tries again every few seconds.
      </p>
      <div className="mt-7 flex flex-wrap justify-center gap-2">
        <Button onClick={() => retry()}>Try now</Button>
      </div>
      {reference && <p className="mt-6 font-mono text-xs text-ink-3">Reference {reference}</p>}
    </main>
  )
}

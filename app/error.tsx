'use client'

import { BrokenCauseway } from '#components/site/broken-causeway.tsx'
import { Button } from '#components/ui/button.tsx'

/** A page that failed to draw. Payments do not depend on pages, and it says so. */
export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  const reference = error instanceof Error && 'digest' in error ? String(error.digest) : null
  return (
    <main id="main" className="mx-auto flex w-full max-w-120 flex-col items-center px-4 py-20 text-center">
      <BrokenCauseway />
      <h1 className="mt-8 text-xl">This page could not be shown</h1>
      <p className="mt-3 text-ink-2">
        The fault is ours. A payment you made is not affected: it goes on without this page.
      </p>
      <div className="mt-7 flex flex-wrap justify-center gap-2">
        <Button onClick={() => retry()}>Try again</Button>
        <Button variant="secondary" onClick={() => window.location.assign('/')}>
          Home
        </Button>
      </div>
      {reference && <p className="mt-6 font-mono text-xs text-ink-3">Reference {reference}</p>}
    </main>
  )
}

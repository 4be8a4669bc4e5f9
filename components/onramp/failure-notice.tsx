import type { ReactNode } from 'react'
import type { ApiFailure } from '#components/onramp/api.ts'
import { Notice } from '#components/ui/notice.tsx'

/** A refused or unclear payment: what happened, what is safe, what to do. */
export function FailureNotice({ failure, action }: { failure: ApiFailure; action?: ReactNode }) {
  const [title, safe] = words(failure)
  return (
    <Notice tone="failed" title={title} announce action={action}>
      {safe}
    </Notice>
  )
}

function words(failure: ApiFailure): [string, string] {
  if (failure.code === 'quote_expired') {
    return ['The price ran out while you were deciding.', 'Nothing was charged. Look at the new price and press again.']
  }
  if (failure.status === 0) {
    return [
      'Causeway could not be reached.',
      'Nothing was charged. Check your connection and press again; it cannot count twice.',
    ]
  }
  if (failure.status === 429)
    return ['Too many tries in a short time.', 'Nothing was charged. Wait a minute and press again.']
  if (failure.code === 'idempotency_in_progress')
    return ['Your last press is still being worked on.', 'Nothing was charged. Press again in a few seconds.']
  if (failure.detail.includes('Nothing was charged')) return [failure.title, failure.detail]
  if (failure.status >= 500) return [failure.title, `Nothing was charged. ${failure.detail}`]
  return [failure.detail || failure.title, 'Nothing was charged.']
}

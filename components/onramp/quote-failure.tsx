'use client'

import type { Purchase } from '#components/onramp/use-purchase.ts'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'

/** Why there is no price, when there is none: nothing has been charged, and asking again is one press. */
export function QuoteFailure({ purchase }: { purchase: Purchase }) {
  const { options, optionsFailure, retryOptions, quote } = purchase
  if (optionsFailure) {
    return (
      <Notice
        tone="failed"
        title="What is on sale could not be loaded."
        announce
        action={<RetryButton onPress={retryOptions} />}
      >
        {optionsFailure.detail}
      </Notice>
    )
  }
  if (options && options.pairs.length === 0) {
    return (
      <Notice tone="attention" title="Nothing is on sale here now.">
        This Causeway has not been set up to sell anything yet. Nothing was charged.
      </Notice>
    )
  }
  if (!quote.failure || quote.failure.field === 'sourceAmount') return null
  return (
    <Notice tone="failed" title="There is no price now." announce action={<RetryButton onPress={quote.retry} />}>
      {quote.failure.detail} Nothing was charged.
    </Notice>
  )
}

function RetryButton({ onPress }: { onPress: () => void }) {
  return (
    <Button variant="secondary" size="sm" onClick={onPress}>
      Ask again
    </Button>
  )
}

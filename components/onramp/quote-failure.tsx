'use client'

import type { Purchase } from '#components/onramp/use-purchase.ts'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { freshMinutes } from '#lib/rates/pairs.ts'

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
  const wait = waits[quote.failure.code]
  if (wait) {
    const [title, need] = wait
    return (
      <Notice tone="attention" title={title} announce action={<RetryButton onPress={quote.retry} />}>
        {quote.failure.detail} {need} Nothing was charged, and this page asks again by itself.
      </Notice>
    )
  }
  return (
    <Notice tone="failed" title="There is no price now." announce action={<RetryButton onPress={quote.retry} />}>
      {quote.failure.detail} Nothing was charged.
    </Notice>
  )
}

/** What passes by itself, as soon as prices are as they should be. */
const waits: Record<string, [title: string, need: string]> = {
  rate_stale: ['No fresh price has come in.', `A purchase needs one of the last ${freshMinutes} minutes.`],
  price_off_market: ['Two prices that should agree do not.', ''],
}

function RetryButton({ onPress }: { onPress: () => void }) {
  return (
    <Button variant="secondary" size="sm" onClick={onPress}>
      Ask again
    </Button>
  )
}

'use client'

import { useWatched } from '#components/ui/use-watched.ts'
import type { IntentDetail } from '#lib/intents/schema.ts'

const longest = 15_000

/** How long to wait before looking again: short while money moves, longer for what takes a person, and never once it ended. */
export function waitForIntent({ status, receiptId }: Pick<IntentDetail, 'status' | 'receiptId'>): number | null {
  switch (status) {
    case 'proposed':
    case 'executing':
      return 1_500
    case 'approved':
      return 2_500
    case 'needs_approval':
    case 'awaiting_signature':
      return 4_000
    case 'unknown':
      return 6_000
    case 'settled':
      // Its receipt is there a moment later; a refund may come at any time.
      return receiptId === null ? 2_500 : longest
    default:
      return null
  }
}

type IntentView = {
  intent: IntentDetail
  /** The last looks failed; what is shown may be old. */
  stale: boolean
  /** Looks at once, after somebody did something. */
  look: () => void
}

/** A payment, looked at until it has ended; not while the page is out of sight, and at once when it comes back. */
export function useIntent(first: IntentDetail): IntentView {
  const path = `/api/v1/intents/${first.id}`
  const { thing: intent, ...view } = useWatched({ path, first, waitFor: waitForIntent })
  return { intent, ...view }
}

'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { asFailure, call } from '#components/onramp/api.ts'
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
  const [intent, setIntent] = useState(first)
  const [stale, setStale] = useState(false)
  const looking = useRef<() => void>(() => {})

  useEffect(() => {
    const controller = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    let latest = first
    let failures = 0

    const plan = (milliseconds: number | null) => {
      clearTimeout(timer)
      if (milliseconds !== null && document.visibilityState === 'visible') timer = setTimeout(look, milliseconds)
    }
    const look = async () => {
      clearTimeout(timer)
      try {
        const path = `/api/v1/intents/${latest.id}`
        const { body } = await call<IntentDetail>(path, { cache: 'no-store', signal: controller.signal })
        latest = body
        failures = 0
        setIntent(body)
        setStale(false)
        plan(waitForIntent(body))
      } catch (error) {
        if (controller.signal.aborted) return
        failures += 1
        // One lost look is no news; a second is.
        setStale(failures > 1)
        plan(asFailure(error).status === 404 ? null : Math.min(longest, 1_000 * 2 ** failures))
      }
    }
    const comeBack = () => {
      if (document.visibilityState === 'visible' && waitForIntent(latest) !== null) void look()
    }

    looking.current = () => void look()
    plan(waitForIntent(first))
    document.addEventListener('visibilitychange', comeBack)
    window.addEventListener('online', comeBack)
    return () => {
      controller.abort()
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', comeBack)
      window.removeEventListener('online', comeBack)
    }
  }, [first])

  return { intent, stale, look: useCallback(() => looking.current(), []) }
}

'use client'

import { useCallback, useEffect, useState } from 'react'
import { type ApiFailure, asFailure, call } from '#components/onramp/api.ts'

export type Live<Body> = {
  /** The last answer to what is asked now; it stays while a newer one fails to come. */
  body: Body | null
  /** Why the last question had no answer. */
  failure: ApiFailure | null
  retry: () => void
}

type Kept = { body: unknown; at: number }

/** The last answers of this page, so that going back to a pair shows it at once. */
const kept = new Map<string, Kept>()
const mostKept = 60

/** How far this computer's clock is behind the server's. */
let behindMs = 0

/** The server's time, since an age told by a clock that is wrong is a wrong age. */
export function serverTime(now: number): number {
  return now + behindMs
}

async function ask<Body>(path: string, signal: AbortSignal): Promise<Body> {
  // Always checked with the server, and not sent again when it is the same: a cache's own Date would tell an old time.
  const { body, response } = await call<Body>(path, { signal, cache: 'no-cache' })
  const sent = Date.parse(response.headers.get('date') ?? '')
  const behind = sent + Number(response.headers.get('age') ?? 0) * 1000 - Date.now()
  behindMs = Math.abs(behind) > 3000 ? behind : 0
  kept.delete(path)
  kept.set(path, { body, at: Date.now() })
  const oldest = kept.size > mostKept ? kept.keys().next().value : undefined
  if (oldest) kept.delete(oldest)
  return body
}

/**
 * A public answer, asked for again every so often while the page is in sight, and at once when it comes back or the
 * network does. A failure is followed by another question, ever later, up to a minute.
 */
export function useLive<Body>(path: string | null, everySeconds: number): Live<Body> {
  const [answer, setAnswer] = useState<{ path: string; body: Body } | null>(null)
  const [failed, setFailed] = useState<{ path: string; failure: ApiFailure } | null>(null)
  const [attempt, setAttempt] = useState(0)

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is what asks again.
  useEffect(() => {
    if (path === null) return
    const controller = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    let due = 0
    let failures = 0

    const plan = (milliseconds: number) => {
      due = Date.now() + milliseconds
      clearTimeout(timer)
      if (document.visibilityState === 'visible') timer = setTimeout(look, milliseconds)
    }
    const look = async () => {
      clearTimeout(timer)
      // Nothing else asks while an answer is on its way.
      due = Number.POSITIVE_INFINITY
      try {
        const body = await ask<Body>(path, controller.signal)
        if (controller.signal.aborted) return
        failures = 0
        setAnswer({ path, body })
        setFailed(null)
        plan(everySeconds * 1000)
      } catch (error) {
        if (controller.signal.aborted) return
        failures += 1
        setFailed({ path, failure: asFailure(error) })
        plan(Math.min(60_000, 2_500 * 2 ** failures))
      }
    }
    const comeBack = () => {
      if (document.visibilityState === 'visible' && due <= Date.now()) void look()
      else if (document.visibilityState === 'visible' && Number.isFinite(due)) plan(due - Date.now())
    }

    const known = kept.get(path)
    if (known) {
      setAnswer({ path, body: known.body as Body })
      plan(Math.max(0, known.at + everySeconds * 1000 - Date.now()))
    } else {
      void look()
    }
    document.addEventListener('visibilitychange', comeBack)
    window.addEventListener('online', look)
    return () => {
      controller.abort()
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', comeBack)
      window.removeEventListener('online', look)
    }
  }, [path, everySeconds, attempt])

  const retry = useCallback(() => {
    setFailed(null)
    setAttempt((count) => count + 1)
  }, [])
  return {
    body: answer !== null && answer.path === path ? answer.body : null,
    failure: failed !== null && failed.path === path ? failed.failure : null,
    retry,
  }
}

'use client'

import { useEffect, useState } from 'react'
import { type ApiFailure, asFailure, call } from '#components/onramp/api.ts'
import type { Guard, GuardReplay } from '#lib/guards/schema.ts'

type Replayed = { of: string; replay: GuardReplay | null; failure: ApiFailure | null }

/**
 * The latest payments judged again by the rules as they are edited, a moment after the last change, and again when a version
 * was saved. Null guards are not yet whole, and wait. While an answer is on its way the last one stays, marked as stale.
 */
export function useReplay(path: string, guards: Guard[] | null, version: number) {
  const [last, setLast] = useState<Replayed | null>(null)
  const [attempt, setAttempt] = useState(0)
  const of = guards === null ? null : JSON.stringify({ version, attempt, guards })

  useEffect(() => {
    if (of === null) return
    const gone = new AbortController()
    const timer = setTimeout(async () => {
      try {
        const { guards } = JSON.parse(of)
        const { body } = await call<GuardReplay>(path, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ guards, limit: 100 }),
          signal: gone.signal,
        })
        setLast({ of, replay: body, failure: null })
      } catch (error) {
        if (!gone.signal.aborted)
          setLast((before) => ({ of, replay: before?.replay ?? null, failure: asFailure(error) }))
      }
    }, 350)
    return () => {
      clearTimeout(timer)
      gone.abort()
    }
  }, [path, of])

  return {
    replay: last?.replay ?? null,
    failure: last?.failure ?? null,
    stale: last === null || last.of !== of,
    again: () => setAttempt(attempt + 1),
  }
}

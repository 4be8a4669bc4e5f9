'use client'

import { useRef, useState } from 'react'
import { type ApiFailure, asFailure, call } from '#components/onramp/api.ts'

type Request = { method: 'POST' | 'PUT' | 'DELETE' | 'PATCH'; path: string; body?: unknown }

/**
 * Sends one thing that a person asked for, and knows what came of it. Pressing again after an unclear outcome repeats the
 * same request under the same key, so that nothing is made twice.
 */
export function useSend<Body = unknown>() {
  const attempt = useRef<{ of: string; key: string }>(undefined)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<ApiFailure | null>(null)

  /** The answer, or null when there is a failure to show. A second call while the first runs is none. */
  async function send({ method, path, body }: Request): Promise<Body | null> {
    if (busy) return null
    const of = JSON.stringify([method, path, body])
    if (attempt.current?.of !== of) attempt.current = { of, key: crypto.randomUUID() }
    setBusy(true)
    setFailure(null)
    try {
      const answer = await call<Body>(path, {
        method,
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(method === 'POST' ? { 'idempotency-key': attempt.current.key } : {}),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      attempt.current = undefined
      return answer.body
    } catch (error) {
      const failed = asFailure(error)
      if (!failed.unclear) attempt.current = undefined
      setFailure(failed)
      return null
    } finally {
      setBusy(false)
    }
  }

  return { send, busy, failure, forget: () => setFailure(null) }
}

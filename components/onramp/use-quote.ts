'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { type ApiFailure, asFailure, call } from '#components/onramp/api.ts'
import type { Quote } from '#lib/onramp/schema.ts'

export type QuoteRequest = { asset: string; network: string; sourceAmount: string; sourceCurrency: string }

export type QuoteState = {
  /** The last quote that came, which stays on screen while the next is on its way. */
  quote: Quote | null
  /** Whether the quote answers what is being asked now. */
  current: boolean
  failure: ApiFailure | null
  /** How long the quote holds from when it came. */
  holdsSeconds: number
  retry: () => void
}

const settleMilliseconds = 250

/** How soon it asks again by itself for what could not be told now: no fresh price, or nobody who answers. */
const patienceSeconds = 15

/**
 * A live quote for what is asked: fetched once typing settles, an older call given up and its answer ignored, and asked
 * again when its time runs out (at once on return, when the page was out of sight meanwhile), or a little after there was none
 * to be had. `held` stops the asking while a payment is being made from the quote on screen.
 */
export function useQuote(request: QuoteRequest | null, held: boolean): QuoteState {
  const key = request ? new URLSearchParams(request).toString() : null
  const [answer, setAnswer] = useState<{ key: string; quote: Quote; holdsSeconds: number } | null>(null)
  const [failed, setFailed] = useState<{ key: string; failure: ApiFailure } | null>(null)
  const [round, setRound] = useState(0)
  const asked = useRef<string | null>(null)
  const again = useCallback(() => setRound((count) => count + 1), [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: another round is what asks again.
  useEffect(() => {
    if (key === null || held) return
    const controller = new AbortController()
    // The first question and a renewal go at once; a change waits for the typing to settle.
    const wait = asked.current === null || asked.current === key ? 0 : settleMilliseconds
    const timer = setTimeout(() => {
      asked.current = key
      call<Quote>(`/api/v1/onramp/quotes?${key}`, { signal: controller.signal })
        .then(({ body, response }) => {
          if (controller.signal.aborted) return
          setFailed(null)
          setAnswer({ key, quote: body, holdsSeconds: secondsLeft(body, response) })
        })
        .catch((error) => {
          if (!controller.signal.aborted) setFailed({ key, failure: asFailure(error) })
        })
    }, wait)
    return () => {
      clearTimeout(timer)
      controller.abort()
    }
  }, [key, held, round])

  const failure = failed && failed.key === key ? failed.failure : null
  const holdsSeconds = answer && answer.key === key ? answer.holdsSeconds : null
  const seconds = failure ? (passes(failure) ? patienceSeconds : null) : holdsSeconds

  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer and each failure counts anew.
  useEffect(() => {
    if (seconds === null || held) return
    let due = false
    const renew = () => {
      if (!due) return
      if (document.visibilityState === 'visible') again()
    }
    const timer = setTimeout(() => {
      due = true
      renew()
    }, seconds * 1000)
    document.addEventListener('visibilitychange', renew)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', renew)
    }
  }, [answer, failed, seconds, held, again])

  const retry = useCallback(() => {
    setFailed(null)
    again()
  }, [again])
  return {
    quote: answer?.quote ?? null,
    current: answer !== null && answer.key === key && failure === null,
    failure,
    holdsSeconds: answer?.holdsSeconds ?? 0,
    retry,
  }
}

/** Whether it may well be told in a moment, without anybody doing anything. */
function passes({ status }: ApiFailure): boolean {
  return status === 0 || status >= 500
}

/** By the server's clock on both ends, since the buyer's may be wrong; an answer from a cache has aged already. */
function secondsLeft(quote: Quote, response: Response): number {
  const sent = Date.parse(response.headers.get('date') ?? '')
  const age = Number(response.headers.get('age') ?? 0)
  const now = Number.isNaN(sent) ? Date.now() : sent + age * 1000
  return Math.max(5, Math.min(120, (Date.parse(quote.expiresAt) - now) / 1000))
}

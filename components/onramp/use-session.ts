'use client'

import { useEffect, useState } from 'react'
import { type ApiFailure, asFailure, call } from '#components/onramp/api.ts'
import type { OnrampSession } from '#lib/onramp/schema.ts'

export type SessionView =
  | { state: 'loading' }
  | { state: 'missing' }
  | { state: 'failed'; failure: ApiFailure }
  | { state: 'shown'; session: OnrampSession /** The last look failed; what is shown may be old. */; stale: boolean }

const longest = 15_000
const halfAnHour = 30 * 60_000

/** Whether nothing more can come: it was delivered and its receipt is there, or a person settled it. */
export function isOver({ status, receiptUrl }: OnrampSession): boolean {
  return status === 'settled_by_hand' || (status === 'delivered' && receiptUrl !== null)
}

/**
 * How long to wait before looking again: short while money moves, longer for what takes people. What has ended unpaid may be
 * paid all the same: it is looked at seldom, and after half an hour only when somebody comes back to the page (null).
 */
export function waitFor(session: OnrampSession, openMilliseconds: number): number | null {
  if (session.status === 'expired' || session.status === 'rejected') {
    return openMilliseconds < halfAnHour ? longest : null
  }
  const base = session.status === 'needs_attention' ? 6_000 : session.status === 'awaiting_payment' ? 2_000 : 1_200
  const patience = openMilliseconds > halfAnHour ? 5 : openMilliseconds > 5 * 60_000 ? 2.5 : 1
  return Math.min(longest, base * patience)
}

/**
 * A session, looked at until it is over. It looks seldom while the page is out of sight, and at once when it comes back or
 * the connection does. `secret` undefined means that it is not known yet whether there is one.
 */
export function useSession(id: string, secret: string | null | undefined): SessionView {
  const [view, setView] = useState<SessionView>({ state: 'loading' })

  useEffect(() => {
    if (secret === undefined) return
    const opened = Date.now()
    const controller = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    let looking = false
    let failures = 0
    let over = false
    let etag: string | null = null
    let latest: OnrampSession | null = null

    const look = async () => {
      clearTimeout(timer)
      if (looking || over) return
      looking = true
      try {
        const { body, response } = await call<OnrampSession | undefined>(`/api/v1/onramp/sessions/${id}`, {
          cache: 'no-store',
          signal: controller.signal,
          headers: {
            ...(secret ? { authorization: `Bearer ${secret}` } : {}),
            ...(etag ? { 'if-none-match': etag } : {}),
          },
        })
        etag = response.headers.get('etag')
        latest = body ?? latest
        failures = 0
        if (latest) setView({ state: 'shown', session: latest, stale: false })
        const open = Date.now() - opened
        over = latest !== null && isOver(latest)
        const wait = latest && waitFor(latest, open)
        if (over || wait === null) return
        if (document.visibilityState === 'visible') timer = setTimeout(look, wait)
        // Out of sight it looks seldom, for the title of its tab to tell, and after a while not at all.
        else if (open < halfAnHour) timer = setTimeout(look, longest)
      } catch (error) {
        if (controller.signal.aborted) return
        const failure = asFailure(error)
        if (failure.status === 404 || failure.status === 401) {
          over = true
          return setView({ state: 'missing' })
        }
        failures += 1
        // One lost look is no news; a second is.
        if (latest && failures > 1) setView({ state: 'shown', session: latest, stale: true })
        if (!latest) setView({ state: 'failed', failure })
        timer = setTimeout(look, Math.min(longest, 1_000 * 2 ** failures))
      } finally {
        looking = false
      }
    }

    look()
    document.addEventListener('visibilitychange', look)
    window.addEventListener('online', look)
    return () => {
      controller.abort()
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', look)
      window.removeEventListener('online', look)
    }
  }, [id, secret])

  return view
}

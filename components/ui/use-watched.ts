'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { asFailure, call } from '#components/onramp/api.ts'

const longest = 15_000

type Watch<Thing> = {
  path: string
  first: Thing
  /** How long to wait before looking again; null when nothing more can come. The same function each time. */
  waitFor: (thing: Thing) => number | null
}

type Watched<Thing> = {
  thing: Thing
  /** The last looks failed; what is shown may be old. */
  stale: boolean
  /** Looks at once, after somebody did something. */
  look: () => void
}

/** A thing of the API, looked at until it is over; not while the page is out of sight, and at once when it comes back. */
export function useWatched<Thing>({ path, first, waitFor }: Watch<Thing>): Watched<Thing> {
  const [thing, setThing] = useState(first)
  const [stale, setStale] = useState(false)
  const looking = useRef<() => void>(() => {})

  useEffect(() => {
    const controller = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    let latest = first
    let failures = 0
    let etag: string | null = null

    const plan = (milliseconds: number | null) => {
      clearTimeout(timer)
      if (milliseconds !== null && document.visibilityState === 'visible') timer = setTimeout(look, milliseconds)
    }
    const look = async () => {
      clearTimeout(timer)
      try {
        const headers: HeadersInit = etag ? { 'if-none-match': etag } : {}
        const init = { cache: 'no-store', signal: controller.signal, headers } as const
        const { body, response } = await call<Thing | undefined>(path, init)
        etag = response.headers.get('etag')
        latest = body ?? latest
        failures = 0
        setThing(latest)
        setStale(false)
        plan(waitFor(latest))
      } catch (error) {
        if (controller.signal.aborted) return
        failures += 1
        // One lost look is no news; a second is.
        setStale(failures > 1)
        plan(asFailure(error).status === 404 ? null : Math.min(longest, 1_000 * 2 ** failures))
      }
    }
    const comeBack = () => {
      if (document.visibilityState === 'visible' && waitFor(latest) !== null) void look()
    }

    looking.current = () => void look()
    plan(waitFor(first))
    document.addEventListener('visibilitychange', comeBack)
    window.addEventListener('online', comeBack)
    return () => {
      controller.abort()
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', comeBack)
      window.removeEventListener('online', comeBack)
    }
  }, [path, first, waitFor])

  return { thing, stale, look: useCallback(() => looking.current(), []) }
}

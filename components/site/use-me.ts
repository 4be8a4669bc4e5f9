'use client'

import { useEffect, useState } from 'react'

export type Me = { email: string | null; address: string | null; operator: boolean }

/** Who is signed in: undefined until known, null for a guest. A page stays static, since this is asked by the browser. */
export function useMe(): Me | null | undefined {
  const [me, setMe] = useState<Me | null>()
  useEffect(() => {
    const controller = new AbortController()
    fetch('/api/v1/me', { signal: controller.signal, headers: { accept: 'application/json' } })
      .then(async (response) => {
        if (!response.ok) return setMe(null)
        const body = (await response.json()) as { user: Me | null }
        setMe(body.user)
      })
      .catch(() => {
        if (!controller.signal.aborted) setMe(null)
      })
    return () => controller.abort()
  }, [])
  return me
}

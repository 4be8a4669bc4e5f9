'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

/** Draws the page's data anew every few seconds, while somebody looks. Rows keep their place by their keys; nothing else is touched. */
export function LiveRefresh({ seconds }: { seconds: number }) {
  const router = useRouter()
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') router.refresh()
    }, seconds * 1000)
    return () => clearInterval(timer)
  }, [router, seconds])
  return null
}

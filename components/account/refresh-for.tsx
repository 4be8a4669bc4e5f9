'use client'

import { useEffect } from 'react'
import { LiveRefresh } from '#components/activity/live-refresh.tsx'

type RefreshForProps = { seconds: number; onEnd: () => void }

/** Draws the page's data anew often, for as long as what was asked for usually takes. */
export function RefreshFor({ seconds, onEnd }: RefreshForProps) {
  useEffect(() => {
    const timer = setTimeout(onEnd, seconds * 1000)
    return () => clearTimeout(timer)
  }, [seconds, onEnd])
  return <LiveRefresh seconds={2} />
}

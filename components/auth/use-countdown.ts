'use client'

import { useEffect, useState } from 'react'

/** Seconds left until something may be done again. It begins full, and `restart` fills it. */
export function useCountdown(from: number): { seconds: number; restart: () => void } {
  const [seconds, setSeconds] = useState(from)
  const running = seconds > 0
  useEffect(() => {
    if (!running) return
    const timer = setInterval(() => setSeconds((left) => left - 1), 1000)
    return () => clearInterval(timer)
  }, [running])
  return { seconds, restart: () => setSeconds(from) }
}

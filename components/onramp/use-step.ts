'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { type Step, steps } from '#components/onramp/step-line.tsx'

/**
 * The step being looked at. Going forward is an entry in the browser's history, so that Back goes a step back instead of
 * leaving. The heading of a newly shown step takes the focus, for those who hear the page.
 */
export function useStep() {
  const [step, setStep] = useState<Step>('amount')
  const heading = useRef<HTMLHeadingElement>(null)
  const moved = useRef(false)

  useEffect(() => {
    const followHistory = (event: PopStateEvent) => {
      const kept: unknown = event.state?.buyStep
      moved.current = true
      setStep(steps.find((each) => each === kept) ?? 'amount')
    }
    window.addEventListener('popstate', followHistory)
    return () => window.removeEventListener('popstate', followHistory)
  }, [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: a changed step is what moves the focus.
  useEffect(() => {
    if (moved.current) heading.current?.focus({ preventScroll: true })
  }, [step])

  const goTo = useCallback((next: Step) => {
    moved.current = true
    window.history.pushState({ buyStep: next }, '')
    setStep(next)
  }, [])
  return { step, goTo, heading }
}

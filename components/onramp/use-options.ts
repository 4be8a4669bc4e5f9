'use client'

import { useCallback, useEffect, useState } from 'react'
import { type ApiFailure, asFailure, call } from '#components/onramp/api.ts'
import type { Options } from '#components/onramp/types.ts'

/** What can be bought here, asked once; `retry` asks again after a failure. */
export function useOptions(): { options: Options | null; failure: ApiFailure | null; retry: () => void } {
  const [options, setOptions] = useState<Options | null>(null)
  const [failure, setFailure] = useState<ApiFailure | null>(null)
  const [attempt, setAttempt] = useState(0)

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is what asks again.
  useEffect(() => {
    const controller = new AbortController()
    call<Options>('/api/v1/onramp/options', { signal: controller.signal })
      .then(({ body }) => setOptions(body))
      .catch((error) => {
        if (!controller.signal.aborted) setFailure(asFailure(error))
      })
    return () => controller.abort()
  }, [attempt])

  const retry = useCallback(() => {
    setFailure(null)
    setAttempt((count) => count + 1)
  }, [])
  return { options, failure, retry }
}

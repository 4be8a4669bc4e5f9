'use client'

import { useCallback, useEffect, useState } from 'react'
import { type ApiFailure, asFailure, call } from '#components/onramp/api.ts'
import type { Options } from '#components/onramp/types.ts'

let asked: Promise<Options> | null = null

/** One question for the whole page, however many ask it; a failure is not kept. */
function askOptions(): Promise<Options> {
  asked ??= call<Options>('/api/v1/onramp/options')
    .then(({ body }) => body)
    .catch((error) => {
      asked = null
      throw error
    })
  return asked
}

/** What can be bought here; `retry` asks again after a failure. */
export function useOptions(): { options: Options | null; failure: ApiFailure | null; retry: () => void } {
  const [options, setOptions] = useState<Options | null>(null)
  const [failure, setFailure] = useState<ApiFailure | null>(null)
  const [attempt, setAttempt] = useState(0)

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is what asks again.
  useEffect(() => {
    let dropped = false
    askOptions()
      .then((answer) => {
        if (!dropped) setOptions(answer)
      })
      .catch((error) => {
        if (!dropped) setFailure(asFailure(error))
      })
    return () => {
      dropped = true
    }
  }, [attempt])

  const retry = useCallback(() => {
    setFailure(null)
    setAttempt((count) => count + 1)
  }, [])
  return { options, failure, retry }
}

'use client'

import { useState } from 'react'
import type { SignInResult } from '#components/auth/types.ts'

type Refusal = Extract<SignInResult, { ok: false }>

const unreachable: Refusal = {
  ok: false,
  title: 'No answer',
  detail: 'Causeway could not be reached. Check your connection and try again.',
  field: null,
}

/** One attempt at a time: whether it runs, and how the last one was refused. `run` resolves to true when it went well. */
export function useAttempt(): {
  busy: boolean
  refusal: Refusal | null
  clear: () => void
  run: (work: () => Promise<SignInResult>) => Promise<boolean>
} {
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)

  async function run(work: () => Promise<SignInResult>): Promise<boolean> {
    if (busy) return false
    setBusy(true)
    setRefusal(null)
    const result = await work().catch(() => unreachable)
    setBusy(false)
    if (!result.ok) setRefusal(result)
    return result.ok
  }
  return { busy, refusal, clear: () => setRefusal(null), run }
}

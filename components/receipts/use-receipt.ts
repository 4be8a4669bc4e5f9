'use client'

import { useEffect, useState } from 'react'
import { type ApiFailure, asFailure, call } from '#components/onramp/api.ts'
import type { PaymentReceipt, Receipt } from '#lib/receipts/schema.ts'

export type ReceiptView =
  | { state: 'loading' }
  | { state: 'missing' }
  | { state: 'failed'; failure: ApiFailure; retry: () => void }
  | { state: 'shown'; receipt: Receipt | PaymentReceipt }

/** A receipt, verified by the server while it is asked for. `secret` undefined means that it is not known yet whether there is one. */
export function useReceipt(id: string, secret: string | null | undefined): ReceiptView {
  const [view, setView] = useState<ReceiptView>({ state: 'loading' })
  const [attempt, setAttempt] = useState(0)

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is what asks again.
  useEffect(() => {
    if (secret === undefined) return
    const controller = new AbortController()
    call<Receipt | PaymentReceipt>(`/api/v1/receipts/${id}`, {
      signal: controller.signal,
      cache: 'no-store',
      headers: secret ? { authorization: `Bearer ${secret}` } : {},
    })
      .then(({ body }) => setView({ state: 'shown', receipt: body }))
      .catch((error) => {
        if (controller.signal.aborted) return
        const failure = asFailure(error)
        if (failure.status === 404 || failure.status === 401) return setView({ state: 'missing' })
        const retry = () => {
          setView({ state: 'loading' })
          setAttempt((count) => count + 1)
        }
        setView({ state: 'failed', failure, retry })
      })
    return () => controller.abort()
  }, [id, secret, attempt])

  return view
}

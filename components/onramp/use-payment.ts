'use client'

import type { Route } from 'next'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { type ApiFailure, asFailure } from '#components/onramp/api.ts'
import { goOnToCheckout } from '#components/onramp/checkout-handover.ts'
import { makeSession } from '#components/onramp/make-session.ts'
import type { SessionBody } from '#components/onramp/payment-attempt.ts'
import type { CreatedSession } from '#lib/onramp/schema.ts'

/**
 * Paying: makes the session, then either hands it to Stripe's form in this page, or goes to Stripe's page by way of the
 * status page, to which Back then leads.
 */
export function usePayment(embeds: boolean) {
  const router = useRouter()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<ApiFailure | null>(null)
  const [embedded, setEmbedded] = useState<CreatedSession | null>(null)

  const pay = async (body: SessionBody) => {
    setBusy(true)
    setFailure(null)
    try {
      const session = await makeSession(body)
      if (embeds && session.clientSecret) {
        setEmbedded(session)
        setBusy(false)
        return
      }
      goOnToCheckout(session)
      router.push(statusPath(session) as Route)
    } catch (error) {
      setFailure(asFailure(error))
      setBusy(false)
    }
  }
  return { pay, busy, failure, embedded, forgetFailure: () => setFailure(null) }
}

/** The status page of a session, its secret in the fragment, which no server and no referrer ever sees. */
export function statusPath(session: { id: string; secret: string }): string {
  return `/pay/${session.id}#${session.secret}`
}

'use client'

import { loadStripeOnramp } from '@stripe/crypto/pure'
import type { Route } from 'next'
import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { statusPath } from '#components/onramp/use-payment.ts'
import { LinkButton } from '#components/ui/link-button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import type { CreatedSession } from '#lib/onramp/schema.ts'

/** What Stripe calls a payment that has been made, after which the status page is the place to look. */
const paid = new Set(['fulfillment_processing', 'fulfillment_complete'])

/** Stripe's own form, in this page. Card data goes from here to Stripe and nowhere else. */
export function StripeEmbed({ session, publishableKey }: { session: CreatedSession; publishableKey: string }) {
  const container = useRef<HTMLDivElement>(null)
  const router = useRouter()
  const [state, setState] = useState<'loading' | 'shown' | 'failed'>('loading')
  const path = statusPath(session) as Route

  useEffect(() => {
    let dropped = false
    const element = container.current
    loadStripeOnramp(publishableKey)
      .then((stripe) => {
        if (dropped || !element || !session.clientSecret) return
        if (!stripe) return setState('failed')
        const dark = getComputedStyle(document.documentElement).colorScheme === 'dark'
        const prefersDark = dark || window.matchMedia('(prefers-color-scheme: dark)').matches
        const form = stripe.createSession({
          clientSecret: session.clientSecret,
          appearance: { theme: prefersDark ? 'dark' : 'light' },
        })
        form.addEventListener('onramp_session_updated', (event) => {
          if (paid.has(event.payload.session.status)) router.push(path)
        })
        form.mount(element)
        setState('shown')
      })
      .catch(() => {
        if (!dropped) setState('failed')
      })
    return () => {
      dropped = true
      // Stripe offers no unmount; an emptied container is its documented way.
      if (element) element.innerHTML = ''
    }
  }, [publishableKey, session.clientSecret, path, router])

  return (
    <div className="space-y-4">
      <div className="relative min-h-120">
        {state === 'loading' && <Skeleton className="absolute inset-0" />}
        {state === 'failed' && (
          <Notice tone="failed" title="Stripe’s form could not be loaded." announce>
            Nothing was charged. A blocker in this browser may stop it. Your payment page has another way to pay.
          </Notice>
        )}
        <div ref={container} className="relative" />
      </div>
      <LinkButton href={path} variant="secondary" className="w-full">
        Open this payment’s page
      </LinkButton>
    </div>
  )
}

'use client'

import { ExternalLink, ReceiptText, WifiOff } from 'lucide-react'
import type { Route } from 'next'
import { useEffect } from 'react'
import { takeCheckout } from '#components/onramp/checkout-handover.ts'
import { journey } from '#components/onramp/journey.ts'
import { PayMissing, PaySkeleton, PayUnreachable } from '#components/onramp/pay-absent.tsx'
import { PurchaseFacts } from '#components/onramp/purchase-facts.tsx'
import { savedSecret, saveSession } from '#components/onramp/saved-sessions.ts'
import { ShareLink } from '#components/onramp/share-link.tsx'
import { Stations } from '#components/onramp/stations.tsx'
import { useLinkSecret } from '#components/onramp/use-link-secret.ts'
import { useSession } from '#components/onramp/use-session.ts'
import { whereabouts } from '#components/onramp/whereabouts.ts'
import { Badge } from '#components/ui/badge.tsx'
import { buttonStyle } from '#components/ui/button-style.ts'
import { Card } from '#components/ui/card.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { useLocale } from '#components/ui/use-locale.ts'
import type { OnrampSession } from '#lib/onramp/schema.ts'

/** The way of one payment, moving by itself. */
export function PayStatus({ id }: { id: string }) {
  const secret = useLinkSecret(() => savedSecret(id))
  const view = useSession(id, secret)
  const shown = view.state === 'shown'

  useEffect(() => {
    const checkoutUrl = takeCheckout(id)
    if (checkoutUrl) location.assign(checkoutUrl)
  }, [id])

  // Kept once it has proved right, so that a mistyped link cannot displace a good one.
  useEffect(() => {
    if (shown && secret) saveSession({ id, secret })
  }, [shown, secret, id])

  if (view.state === 'loading') return <PaySkeleton />
  if (view.state === 'missing') return <PayMissing hadSecret={Boolean(secret)} />
  if (view.state === 'failed') return <PayUnreachable failure={view.failure} />
  return <PayCard session={view.session} stale={view.stale} secret={secret ?? null} />
}

function PayCard({ session, stale, secret }: { session: OnrampSession; stale: boolean; secret: string | null }) {
  const locale = useLocale()
  const where = whereabouts(session, locale)
  useEffect(() => {
    document.title = `${where.word} · Causeway`
  }, [where.word])

  return (
    <Card className="grid md:grid-cols-[1fr_19rem]">
      <div className="p-5 sm:p-8">
        <div className="flex h-6 items-center justify-between">
          <Badge tone={where.tone}>{where.word}</Badge>
          {stale && (
            <span className="flex items-center gap-1.5 text-xs text-lamp" role="status">
              <WifiOff aria-hidden="true" className="size-3.5" />
              Reconnecting. This may be a moment old.
            </span>
          )}
        </div>
        <div aria-live="polite" aria-atomic="true" className="mt-4 min-h-44 sm:min-h-32">
          <h1 className="text-lg sm:max-w-110">{where.sentence}</h1>
          <p className="mt-2 text-sm text-ink-2">{where.next}</p>
        </div>
        <Actions session={session} secret={secret} />
        <div className="mt-7">
          <Stations stations={journey(session)} />
        </div>
      </div>
      <aside
        aria-label="What is being bought"
        className="border-line border-t bg-surface p-5 max-md:rounded-b-md sm:p-8 md:rounded-r-md md:border-t-0 md:border-l"
      >
        <PurchaseFacts session={session} />
      </aside>
    </Card>
  )
}

function Actions({ session, secret }: { session: OnrampSession; secret: string | null }) {
  return (
    <div className="flex min-h-11 flex-wrap gap-2">
      {session.checkoutUrl && (
        <a href={session.checkoutUrl} className={buttonStyle('primary', 'md', 'max-sm:w-full')}>
          Continue to payment
          <ExternalLink aria-hidden="true" className="size-4" />
          <span className="sr-only">at Stripe</span>
        </a>
      )}
      {session.receiptUrl && (
        <LinkButton href={receiptPath(session.receiptUrl) as Route} prefetch={false} className="max-sm:w-full">
          <ReceiptText aria-hidden="true" className="size-4" />
          View receipt
        </LinkButton>
      )}
      {(session.status === 'rejected' || session.status === 'expired') && !session.paidAfterExpiry && (
        <LinkButton href={'/buy' as Route} className="max-sm:w-full">
          Start again
        </LinkButton>
      )}
      <ShareLink id={session.id} secret={secret} />
    </div>
  )
}

/** The receipt on this origin, whatever name the server knows itself by. */
function receiptPath(url: string): string {
  const { pathname, hash } = new URL(url)
  return `${pathname}${hash}`
}

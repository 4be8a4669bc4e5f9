'use client'

import { Printer } from 'lucide-react'
import type { Route } from 'next'
import { useLinkSecret } from '#components/onramp/use-link-secret.ts'
import { PaymentSheet } from '#components/receipts/payment-sheet.tsx'
import { ReceiptSheet } from '#components/receipts/receipt-sheet.tsx'
import { useReceipt } from '#components/receipts/use-receipt.ts'
import { Button } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import type { PaymentReceipt, Receipt } from '#lib/receipts/schema.ts'

const nothingKept = () => null

/** A receipt, from its link or for its signed-in owner, ready for the printer. */
export function ReceiptPage({ id }: { id: string }) {
  const secret = useLinkSecret(nothingKept)
  const view = useReceipt(id, secret)
  if (view.state === 'missing') return <MissingReceipt />
  return (
    <>
      <div data-screen-only className="mb-4 flex justify-between gap-2">
        {view.state === 'shown' && (
          <LinkButton
            href={paymentPath(view.receipt, secret) as Route}
            variant="quiet"
            size="sm"
            prefetch={false}
            className="-ml-3"
          >
            Back to the payment
          </LinkButton>
        )}
        <Button
          variant="secondary"
          size="sm"
          className="ml-auto"
          disabled={view.state !== 'shown'}
          onClick={() => window.print()}
        >
          <Printer aria-hidden="true" className="size-4" />
          Print
        </Button>
      </div>
      <Card className="p-5 sm:p-8 print:border-0 print:p-0 print:shadow-none">
        {view.state === 'loading' && <ReceiptSkeleton />}
        {view.state === 'failed' && (
          <Notice
            tone="attention"
            title="The receipt cannot be loaded just now."
            announce
            action={
              <Button variant="secondary" size="sm" onClick={view.retry}>
                Try again
              </Button>
            }
          >
            {view.failure.detail} The receipt itself is safe.
          </Notice>
        )}
        {view.state === 'shown' &&
          (view.receipt.kind === 'payment' ? (
            <PaymentSheet receipt={view.receipt} />
          ) : (
            <ReceiptSheet receipt={view.receipt} />
          ))}
      </Card>
    </>
  )
}

/** The page of what the receipt proves. */
function paymentPath(receipt: Receipt | PaymentReceipt, secret: string | null | undefined): string {
  return receipt.kind === 'payment'
    ? `/intents/${receipt.intentId}`
    : `/pay/${receipt.sessionId}${secret ? `#${secret}` : ''}`
}

function MissingReceipt() {
  return (
    <Card className="p-6 sm:p-8">
      <h1 className="text-lg">No receipt can be shown here</h1>
      <p className="mt-3 text-sm text-ink-2">
        The link of a purchase is whole only with everything after its # sign. Open it from your payment’s page, or sign
        in if it is in your account. A receipt is issued once the money has arrived.
      </p>
      <div className="mt-6 flex flex-wrap gap-2">
        <LinkButton href={'/sign-in' as Route} prefetch={false}>
          Sign in
        </LinkButton>
        <LinkButton href={'/activity' as Route} variant="secondary" prefetch={false}>
          Activity
        </LinkButton>
      </div>
    </Card>
  )
}

function ReceiptSkeleton() {
  return (
    <div aria-busy="true" className="min-h-160 space-y-5">
      <h1 className="sr-only">Receipt</h1>
      <Skeleton className="h-7 w-32" />
      <Skeleton className="h-20 w-full" />
      {['a', 'b', 'c', 'd', 'e'].map((key) => (
        <Skeleton key={key} className="h-4 w-full" />
      ))}
      <Skeleton className="h-10 w-4/5" />
      <Skeleton className="h-10 w-4/5" />
    </div>
  )
}

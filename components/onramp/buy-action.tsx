'use client'

import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Step } from '#components/onramp/step-line.tsx'
import type { Purchase } from '#components/onramp/use-purchase.ts'
import { Button } from '#components/ui/button.tsx'
import { showAmount } from '#components/ui/show-amount.ts'
import { useLocale } from '#components/ui/use-locale.ts'

type BuyActionProps = {
  step: Step
  purchase: Purchase
  busy: boolean
  /** Whether Stripe's form opens in this page rather than on Stripe's own. */
  embeds: boolean
  /** What is in the way, shown above the button, where it cannot be missed. */
  children: ReactNode
}

/** The one button of the step, its words the result. On a phone it stays in reach of the thumb. */
export function BuyAction({ step, purchase, busy, embeds, children }: BuyActionProps) {
  const locale = useLocale()
  const { quote, pair } = purchase
  const total = quote.quote && showAmount(quote.quote.totalAmount, quote.quote.sourceCurrency, locale)
  const arrives = quote.quote && showAmount(quote.quote.destinationAmount, quote.quote.asset, locale)
  const waiting = step === 'review' && !busy && !quote.current
  return (
    <div className="max-md:sticky max-md:bottom-0 max-md:z-10 rounded-b-md border-line border-t bg-raised px-5 pt-3 pb-[max(1rem,env(safe-area-inset-bottom))] sm:px-6 sm:pb-5">
      <div className="mb-3 empty:hidden">{children}</div>
      {step === 'wallet' && (
        <p className="mb-2.5 flex h-5 justify-between text-sm text-ink-2 tabular-nums">
          <span>{total && `You pay ${total}`}</span>
          <span>{arrives && `Arrives ${arrives}`}</span>
        </p>
      )}
      <Button type="submit" size="lg" className="w-full" busy={busy} disabled={pair === null || waiting}>
        {label(step, busy, waiting, total)}
      </Button>
      <p aria-live="polite" className="sr-only">
        {step !== 'wallet' && quote.current && total && arrives ? `You pay ${total}. ${arrives} arrives.` : ''}
      </p>
      {step === 'review' && (
        <p className="mt-2.5 flex items-center justify-center gap-1.5 text-xs text-ink-3">
          <Check aria-hidden="true" className="size-3.5" />
          {embeds ? 'Stripe’s form opens here.' : 'Stripe’s page opens next. Back leads to your payment.'}
        </p>
      )}
    </div>
  )
}

function label(step: Step, busy: boolean, waiting: boolean, total: string | null): string {
  if (busy) return 'Opening Stripe…'
  if (step === 'amount') return 'Choose a wallet'
  if (step === 'wallet') return 'Review'
  return waiting || !total ? 'Asking for the price…' : `Pay ${total}`
}

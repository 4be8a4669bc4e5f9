'use client'

import { ArrowLeft } from 'lucide-react'
import dynamic from 'next/dynamic'
import { type FormEvent, useEffect, useState } from 'react'
import { preload } from 'react-dom'
import { AmountStep } from '#components/onramp/amount-step.tsx'
import type { ApiFailure } from '#components/onramp/api.ts'
import { BuyAction } from '#components/onramp/buy-action.tsx'
import { FailureNotice } from '#components/onramp/failure-notice.tsx'
import { QuoteFailure } from '#components/onramp/quote-failure.tsx'
import { QuoteSummary } from '#components/onramp/quote-summary.tsx'
import { HowItArrives, ReviewStep } from '#components/onramp/review-step.tsx'
import { StepLine } from '#components/onramp/step-line.tsx'
import { usePayment } from '#components/onramp/use-payment.ts'
import { usePurchase } from '#components/onramp/use-purchase.ts'
import { useStep } from '#components/onramp/use-step.ts'
import { WalletStep } from '#components/onramp/wallet-step.tsx'
import { Card } from '#components/ui/card.tsx'

const StripeEmbed = dynamic(() => import('#components/onramp/stripe-embed.tsx').then((module) => module.StripeEmbed), {
  ssr: false,
})

/** Buying, in one card: amount, wallet, review, and then Stripe. */
export function BuyCard() {
  // In the HTML, so that the first price comes one round trip sooner. Said here and not by the page: what a page says is
  // also followed by every page that links to it.
  preload('/api/v1/onramp/options', { as: 'fetch', crossOrigin: 'anonymous' })
  const { step, goTo, heading } = useStep()
  const [holding, setHolding] = useState(false)
  const [pressed, setPressed] = useState(false)
  const [awaitsCheck, setAwaitsCheck] = useState(false)
  const purchase = usePurchase(holding)
  const key = purchase.options?.stripePublishableKey ?? null
  const payment = usePayment(key !== null)
  const { pair, quote, address } = purchase
  useEffect(() => setHolding(payment.busy || payment.embedded !== null), [payment.busy, payment.embedded])

  // What the server refuses is shown where it was typed.
  const { failure } = payment
  // biome-ignore lint/correctness/useExhaustiveDependencies: each failure is taken to its field once.
  useEffect(() => {
    if (!failure) return
    if (shownAtField(failure)) {
      purchase.refuse(failure.field ?? '', failure.detail)
      goTo(failure.field === 'walletAddress' ? 'wallet' : 'amount')
    } else if (failure.field === 'quoteId' || failure.code.startsWith('quote_')) {
      quote.retry()
    }
  }, [failure])

  const move = (next: typeof step) => {
    setPressed(false)
    payment.forgetFailure()
    goTo(next)
  }

  // Pressed before the address was looked at: it goes on by itself once it has been.
  const { checking } = purchase.verdict
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the end of the check moves it on.
  useEffect(() => {
    if (!awaitsCheck || checking) return
    setAwaitsCheck(false)
    if (address && !purchase.addressRefusal) move('review')
  }, [awaitsCheck, checking])

  const submit = (event: FormEvent) => {
    event.preventDefault()
    setPressed(true)
    if (step === 'amount' && pair && !purchase.amountError) return move('wallet')
    if (step === 'wallet' && checking) return setAwaitsCheck(true)
    if (step === 'wallet' && address && !purchase.addressRefusal) return move('review')
    if (step === 'review' && pair && address && quote.quote && quote.current && !payment.busy) {
      payment.pay({
        walletAddress: address,
        asset: pair.asset,
        network: pair.network,
        sourceAmount: quote.quote.sourceAmount,
        sourceCurrency: quote.quote.sourceCurrency,
        quoteId: quote.quote.id,
      })
    }
  }

  const title = step === 'amount' ? 'Buy' : step === 'wallet' ? 'Where should it go?' : 'Review and pay'
  return (
    <Card className="w-full">
      <form noValidate onSubmit={submit} aria-label="Buy stablecoins">
        <div className="space-y-5 p-5 pb-4 sm:p-6 sm:pb-5">
          <div className="flex h-8 items-center gap-1">
            {step !== 'amount' && (
              <button
                type="button"
                aria-label="Back"
                onClick={() => window.history.back()}
                className="-ml-2 grid size-9 place-items-center rounded-sm text-ink-2 hover:bg-sunk hover:text-ink"
              >
                <ArrowLeft aria-hidden="true" className="size-4.5" />
              </button>
            )}
            <h2 ref={heading} tabIndex={-1} className="text-lg outline-none">
              {payment.embedded ? 'Pay at Stripe' : step === 'amount' && pair ? `Buy ${pair.asset}` : title}
            </h2>
          </div>
          <StepLine step={step} />

          {payment.embedded && key ? (
            <StripeEmbed session={payment.embedded} publishableKey={key} />
          ) : (
            <>
              {step === 'amount' && (
                <AmountStep
                  options={purchase.options}
                  pair={pair}
                  currency={purchase.currency}
                  amount={purchase.typedAmount}
                  error={purchase.typedAmount === '' && !pressed ? null : purchase.amountError}
                  onPair={purchase.setPair}
                  onCurrency={purchase.setCurrencyCode}
                  onAmount={purchase.setTypedAmount}
                />
              )}
              {step === 'wallet' && pair && (
                <WalletStep
                  pair={pair}
                  typed={purchase.typedAddress}
                  verdict={purchase.verdict}
                  refusal={purchase.addressRefusal}
                  pressed={pressed}
                  knownAddresses={purchase.knownAddresses}
                  onTyped={purchase.setTypedAddress}
                />
              )}
              {step === 'review' && pair && address && (
                <ReviewStep pair={pair} address={address} onEdit={() => move('wallet')} />
              )}
              {step !== 'wallet' && (
                <>
                  <QuoteSummary
                    quote={quote.quote}
                    current={quote.current}
                    holdsSeconds={quote.holdsSeconds}
                    pair={pair}
                    where={whereText(pair?.chainName, step === 'review' ? address : null)}
                  />
                  <HowItArrives pair={pair} />
                </>
              )}
            </>
          )}
        </div>
        {!payment.embedded && (
          <BuyAction step={step} purchase={purchase} busy={payment.busy} embeds={key !== null}>
            {failure && !shownAtField(failure) ? (
              <FailureNotice failure={failure} />
            ) : (
              <QuoteFailure purchase={purchase} />
            )}
          </BuyAction>
        )}
      </form>
    </Card>
  )
}

/** Whether a failure has a field in this form to be shown at. */
function shownAtField(failure: ApiFailure): boolean {
  return failure.field === 'walletAddress' || failure.field === 'sourceAmount'
}

function whereText(chainName: string | undefined, address: string | null): string | undefined {
  if (!chainName) return undefined
  return address ? `${address.slice(0, 6)}…${address.slice(-4)} on ${chainName}` : `Your wallet on ${chainName}`
}

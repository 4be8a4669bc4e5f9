'use client'

import { type ReactNode, useState } from 'react'
import { priceOfOne } from '#components/onramp/amount-check.ts'
import { CountdownRing } from '#components/onramp/countdown-ring.tsx'
import { markupText } from '#components/onramp/rate-words.ts'
import type { Pair } from '#components/onramp/types.ts'
import { showAge, showRate } from '#components/rates/show-rate.ts'
import { Amount } from '#components/ui/amount.tsx'
import { cx } from '#components/ui/cx.ts'
import { showPrice } from '#components/ui/show-amount.ts'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { useLocale } from '#components/ui/use-locale.ts'
import { useNow } from '#components/ui/use-now.ts'
import type { Quote } from '#lib/onramp/schema.ts'

type Fee = Quote['fees'][number]

type QuoteSummaryProps = {
  quote: Quote | null
  /** Whether the numbers answer what is being asked now; else they are shown lighter until the next come. */
  current: boolean
  holdsSeconds: number
  pair: Pair | null
  where: ReactNode
  /** An example holds for ever, so nothing counts down. */
  fixed?: boolean
}

/** What is paid, for what, and what arrives where and when. It keeps its height while numbers come and go. */
export function QuoteSummary({ quote, current, holdsSeconds, pair, where, fixed = false }: QuoteSummaryProps) {
  const locale = useLocale()
  const rate = quote?.rate
  const byStripe = rate ? rate.settlement === null : pair?.delivery === 'stripe'
  const price = quote && priceOfOne(quote.totalAmount, quote.destinationAmount)
  const kinds: Fee['kind'][] = ['processing', 'network', ...(pair?.delivery === 'stripe' ? [] : ['delivery' as const])]
  const fees: (Fee | Fee['kind'])[] = quote && (pair === null || quote.asset === pair.asset) ? quote.fees : kinds
  // Lighter, and still readable: what is shown was true a moment ago.
  const lighter = quote !== null && !current && '[&_dd]:text-ink-3 [&_dt]:text-ink-3'
  return (
    <div className="text-sm" aria-busy={!current}>
      <dl className={cx('space-y-1.5 text-ink-2', lighter)}>
        <Row label="Purchase">{quote && <Amount value={quote.sourceAmount} code={quote.sourceCurrency} />}</Row>
        <Row label="Market price">
          {rate && (
            <>
              {showRate(rate.raw, rate.quote, locale)}
              {!fixed && <PriceSeen key={quote.id} seconds={rate.ageSeconds} />}
            </>
          )}
        </Row>
        {byStripe ? (
          <Row label="Stripe’s price">{rate && showRate(rate.price, rate.quote, locale)}</Row>
        ) : (
          <Row label="Markup">{rate && markupText(rate, locale)}</Row>
        )}
        {fees.map((fee) =>
          typeof fee === 'string' ? (
            <Row key={fee} label={feeLabel(fee, pair)} />
          ) : (
            <Row key={fee.kind} label={feeLabel(fee.kind, pair)}>
              <Amount value={fee.amount} code={fee.currency} />
            </Row>
          ),
        )}
      </dl>

      <div className={cx('mt-3 border-line border-t pt-3', lighter)}>
        <dl>
          <div className="flex h-9 items-center justify-between gap-3">
            <dt className="flex items-center gap-2 font-medium">
              You pay
              {!fixed && <CountdownRing key={quote?.id} seconds={holdsSeconds} idle={!current} />}
            </dt>
            <dd className="text-xl font-semibold tracking-tight">
              {quote ? (
                <Amount value={quote.totalAmount} code={quote.sourceCurrency} />
              ) : (
                <Skeleton className="h-7 w-28" />
              )}
            </dd>
          </div>
          <div className="flex h-7 items-center justify-between gap-3">
            <dt className="font-medium">Arrives</dt>
            <dd className="text-base font-semibold">
              {quote ? (
                <Amount value={quote.destinationAmount} code={quote.asset} />
              ) : (
                <Skeleton className="h-5 w-24" />
              )}
            </dd>
          </div>
        </dl>
        <div className="flex h-5 items-center justify-end text-xs text-ink-3 tabular-nums">
          {quote && price ? (
            <p>
              1 {quote.asset} for {showPrice(price, quote.sourceCurrency, locale)}, every fee included
            </p>
          ) : (
            <Skeleton className="h-3 w-40" />
          )}
        </div>
      </div>

      <dl className="mt-3 space-y-1.5 border-line border-t pt-3 text-ink-2">
        <Row label="Where">{where}</Row>
        <Row label="When">Usually minutes after you pay</Row>
      </dl>
    </div>
  )
}

/** How long ago the price was seen. It goes on counting for as long as the quote is on the screen. */
function PriceSeen({ seconds }: { seconds: number }) {
  const now = useNow()
  const [came] = useState(now)
  const since = now === null || came === null ? 0 : (now - came) / 1000
  return <span className="text-ink-3">, {showAge(seconds + since)}</span>
}

function Row({ label, children }: { label: string; children?: ReactNode }) {
  return (
    <div className="flex min-h-5 items-center justify-between gap-4">
      <dt className="shrink-0">{label}</dt>
      <dd className="min-w-0 text-right text-ink tabular-nums">{children ?? <Skeleton className="h-4 w-16" />}</dd>
    </div>
  )
}

function feeLabel(kind: Fee['kind'], pair: Pair | null): string {
  if (kind === 'processing') return 'Card processing'
  if (kind === 'network') return 'Network fee'
  return pair ? `Delivery on ${pair.chainName}` : 'Delivery'
}

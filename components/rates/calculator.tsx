'use client'

import { type ReactNode, useEffect, useState } from 'react'
import { tidyAmount } from '#components/onramp/amount-check.ts'
import { amountFor, calculatorFault } from '#components/rates/calculator-amounts.ts'
import { pairQuery } from '#components/rates/pair-path.ts'
import { PriceAge } from '#components/rates/price-age.tsx'
import { showExact, showRate } from '#components/rates/show-rate.ts'
import { useLive } from '#components/rates/use-live.ts'
import { useSettled } from '#components/rates/use-settled.ts'
import { Card } from '#components/ui/card.tsx'
import { cx } from '#components/ui/cx.ts'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { useLocale } from '#components/ui/use-locale.ts'
import { freshMinutes, type Pair } from '#lib/rates/pairs.ts'
import type { RateQuote } from '#lib/rates/schema.ts'

type Side = 'asset' | 'currency'

/** What an amount of the asset costs, or how much of it an amount of money is, by the same quote that a purchase stands on. */
export function Calculator({ pair }: { pair: Pair }) {
  const { base, quote: currency } = pair
  const [side, setSide] = useState<Side>('asset')
  const [typed, setTyped] = useState('1')
  const path = (amount: string) => `/api/v1/rates/quote?${pairQuery(pair)}&amount=${amount}`
  const tidy = tidyAmount(typed)
  const fault = calculatorFault(tidy, side)
  // From money to asset one price is needed first; the quote of what that comes to says the rest.
  const one = useLive<RateQuote>(side === 'currency' ? path('1') : null, 45)
  const amount = fault ? null : side === 'asset' ? tidy : one.body ? amountFor(tidy, one.body.price) : null
  const asked = useSettled(amount)
  const { body, failure } = useLive<RateQuote>(asked === null ? null : path(asked), 45)
  const [last, setLast] = useState<RateQuote | null>(null)
  useEffect(() => {
    if (body) setLast(body)
  }, [body])

  const refused = failure ?? (asked === null ? one.failure : null)
  const quote = body ?? last
  const current = body !== null && asked === amount && !fault
  const assetText = side === 'asset' ? typed : fault ? '' : (amount ?? '')
  const currencyText = side === 'currency' ? typed : fault ? '' : (quote?.total ?? '')
  const type = (which: Side) => (text: string) => {
    setSide(which)
    setTyped(text)
  }

  return (
    <section aria-labelledby="calculator">
      <Card className="p-5 sm:p-6">
        <h2 id="calculator" className="text-lg">
          Calculator
        </h2>
        <div className="mt-4 grid grid-cols-2 gap-3">
          <AmountField
            label={base}
            value={assetText}
            invalid={side === 'asset' && fault !== null}
            onType={type('asset')}
          />
          <AmountField
            label={currency}
            value={currencyText}
            invalid={side === 'currency' && fault !== null}
            onType={type('currency')}
          />
        </div>
        <p aria-live="polite" className="min-h-6 pt-1.5 text-sm text-brick">
          {fault}
        </p>
        {refused ? (
          <Notice
            tone={refused.code.startsWith('rate_') ? 'attention' : 'failed'}
            title="There is no quote now."
            announce
          >
            {refused.code === 'rate_stale'
              ? `The last price is older than ${freshMinutes} minutes, and no quote stands on an old one. The next one brings it back by itself.`
              : `${refused.detail} It is asked for again by itself.`}
          </Notice>
        ) : (
          <Lines quote={quote} pair={pair} current={current} />
        )}
      </Card>
    </section>
  )
}

type AmountFieldProps = { label: string; value: string; invalid: boolean; onType: (text: string) => void }

function AmountField({ label, value, invalid, onType }: AmountFieldProps) {
  return (
    <Field label={label}>
      {(control) => (
        <Input
          {...control}
          aria-invalid={invalid || undefined}
          inputMode="decimal"
          autoComplete="off"
          maxLength={32}
          value={value}
          onChange={(event) => onType(event.target.value)}
          className="tabular-nums"
        />
      )}
    </Field>
  )
}

/** How the total comes about: the raw price, what is added, and the sum, the largest. */
function Lines({ quote, pair, current }: { quote: RateQuote | null; pair: Pair; current: boolean }) {
  const locale = useLocale()
  const unit = `1 ${pair.base}`
  return (
    <div aria-busy={!current} className={cx(quote && !current && '[&_dd]:text-ink-3')}>
      <dl className="space-y-1.5 text-sm text-ink-2">
        <Line label={`Price of ${unit}`}>{quote && showRate(quote.raw, pair.quote, locale)}</Line>
        <Line label={`Markup on ${unit}`}>{quote && markupWords(quote, pair, locale)}</Line>
        <Line label="With markup">{quote && showRate(quote.price, pair.quote, locale)}</Line>
        {quote?.fees.map((fee) => (
          <Line key={fee.kind} label={`Fee: ${fee.kind}`}>
            {showExact(fee.amount, fee.currency, locale)}
          </Line>
        ))}
      </dl>
      <dl className="mt-3 flex min-h-9 items-center justify-between gap-3 border-line border-t pt-3">
        <dt className="text-sm font-medium">Total</dt>
        <dd className="text-xl font-semibold tracking-tight tabular-nums">
          {quote ? showExact(quote.total, pair.quote, locale) : <Skeleton className="h-7 w-32" />}
        </dd>
      </dl>
      <div className="mt-3 min-h-5">
        {quote && (
          <PriceAge
            rate={{
              at: quote.tick.at,
              sources: quote.tick.sources,
              spreadBasisPoints: quote.tick.spreadBasisPoints,
              freshUntil: new Date(Date.parse(quote.tick.at) + freshMinutes * 60_000).toISOString(),
              stale: false,
            }}
          />
        )}
      </div>
    </div>
  )
}

function markupWords({ markup }: RateQuote, { quote }: Pair, locale: string): string {
  if (Number(markup.perUnit) === 0) return 'none'
  const percent = markup.basisPoints > 0 ? ` (with ${markup.basisPoints / 100} %)` : ''
  return `${showExact(markup.perUnit, quote, locale)}${percent}`
}

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex min-h-5 justify-between gap-3">
      <dt>{label}</dt>
      <dd className="tabular-nums">{children ?? <Skeleton className="h-4 w-20" />}</dd>
    </div>
  )
}

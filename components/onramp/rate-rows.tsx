'use client'

import type { ReactNode } from 'react'
import { markupText, sourcesText } from '#components/onramp/rate-words.ts'
import { showExact } from '#components/rates/show-rate.ts'
import { formatExact } from '#components/ui/format-time.ts'
import { useLocale } from '#components/ui/use-locale.ts'
import type { QuoteRate } from '#lib/onramp/schema.ts'

type RateRowsProps = {
  rate: QuoteRate
  /** A line of the list they stand in. */
  row: (props: { label: string; children: ReactNode }) => ReactNode
}

/** What a purchase's price is made of: the market's, with when and by whom, what was added, and what became of both. */
export function RateRows({ rate, row: Row }: RateRowsProps) {
  const locale = useLocale()
  const price = (value: string) => showExact(value, rate.quote, locale)
  return (
    <>
      <Row label={`Market price of 1 ${rate.base}`}>{price(rate.raw)}</Row>
      <Row label="Seen">
        <time dateTime={rate.at}>{formatExact(new Date(rate.at), locale)}</time>, {sourcesText(rate, locale)}
      </Row>
      {rate.settlement ? (
        <>
          <Row label="Markup">{markupText(rate, locale)}</Row>
          <Row label={`Price of 1 ${rate.base}`}>{price(rate.price)}</Row>
          <Row label={`Paid with ${rate.settlement.amount} USDC`}>{price(rate.settlement.raw)} each</Row>
        </>
      ) : (
        <Row label={`Stripe’s price of 1 ${rate.base}`}>{price(rate.price)}</Row>
      )}
    </>
  )
}

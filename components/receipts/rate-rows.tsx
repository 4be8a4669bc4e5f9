'use client'

import { markupText, sourcesText } from '#components/onramp/rate-words.ts'
import { showExact } from '#components/rates/show-rate.ts'
import { SheetRow } from '#components/receipts/sheet.tsx'
import { formatExact } from '#components/ui/format-time.ts'
import { useLocale } from '#components/ui/use-locale.ts'
import type { QuoteRate } from '#lib/onramp/schema.ts'

/** What the price was made of, to the last digit: the market's, with when and by whom, what was added, and what came of both. */
export function RateRows({ rate }: { rate: QuoteRate }) {
  const locale = useLocale()
  const price = (value: string) => showExact(value, rate.quote, locale)
  return (
    <dl className="mt-5 space-y-2 border-line border-t pt-5">
      <SheetRow label={`Market price of 1 ${rate.base}`}>{price(rate.raw)}</SheetRow>
      <SheetRow label="Seen">
        <time dateTime={rate.at}>{formatExact(new Date(rate.at), locale)}</time>, {sourcesText(rate, locale)}
      </SheetRow>
      {rate.settlement ? (
        <>
          <SheetRow label="Markup">{markupText(rate, locale)}</SheetRow>
          <SheetRow label={`Price of 1 ${rate.base}`}>{price(rate.price)}</SheetRow>
          <SheetRow label={`${rate.settlement.amount} USDC taken at`}>{price(rate.settlement.raw)} each</SheetRow>
        </>
      ) : (
        <SheetRow label={`Stripe’s price of 1 ${rate.base}`}>{price(rate.price)}</SheetRow>
      )}
    </dl>
  )
}

'use client'

import { showRate } from '#components/rates/show-rate.ts'
import { useLocale } from '#components/ui/use-locale.ts'
import type { RateCurrency } from '#lib/rates/pairs.ts'

type RatePriceProps = { price: string; currency: RateCurrency; className?: string }

/** The price of one unit, in the reader's locale. The exact value is in the markup. */
export function RatePrice({ price, currency, className }: RatePriceProps) {
  const locale = useLocale()
  return (
    <data value={`${price} ${currency}`} title={`${price} ${currency}`} className={`tabular-nums ${className ?? ''}`}>
      {showRate(price, currency, locale)}
    </data>
  )
}

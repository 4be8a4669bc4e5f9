'use client'

import { showAmount } from '#components/ui/show-amount.ts'
import { useLocale } from '#components/ui/use-locale.ts'

type AmountProps = { value: string; code: string; className?: string }

/** Money with its asset, in the reader's locale, in digits of one width. The exact value is in the markup. */
export function Amount({ value, code, className }: AmountProps) {
  const locale = useLocale()
  return (
    <data value={`${value} ${code}`} className={`tabular-nums ${className ?? ''}`}>
      {showAmount(value, code, locale)}
    </data>
  )
}

import type { RateCurrency } from '#lib/rates/pairs.ts'

type Digits = { minimumFractionDigits: number; maximumFractionDigits: number }

/**
 * Writes a price in the reader's locale with as many digits as tell something: `$97,012.55`, `$0.9987`, `₹6.8413`. Given
 * text it stays exact, whatever its length.
 */
export function showRate(price: string | number, currency: RateCurrency, locale: string): string {
  const digits = digitsFor(Math.abs(Number(price)))
  return new Intl.NumberFormat(locale, { style: 'currency', currency, ...digits }).format(
    price as Intl.StringNumericLiteral | number,
  )
}

/** Cents where a unit costs much; five significant digits, and never fewer than four decimals, where it costs little. */
function digitsFor(size: number): Digits {
  if (size === 0 || size >= 100) return { minimumFractionDigits: 2, maximumFractionDigits: 2 }
  if (size >= 1) return { minimumFractionDigits: 4, maximumFractionDigits: 4 }
  const decimals = Math.min(12, Math.max(4, 4 - Math.floor(Math.log10(size))))
  return { minimumFractionDigits: decimals, maximumFractionDigits: decimals }
}

/** Writes the round prices of an axis, with as many decimals as tell them apart: `$91,000`, `$0.9985`. */
export function showScale(prices: readonly number[], currency: RateCurrency, locale: string): string[] {
  const [first = 0, second = 0] = prices
  const step = Math.abs(second - first)
  let decimals = step === 0 ? 2 : 0
  // Until the step is whole in the last decimal, give or take what a double loses.
  while (decimals < 12 && Math.abs(step * 10 ** decimals - Math.round(step * 10 ** decimals)) > 1e-6) decimals += 1
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals }
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency, ...digits })
  return prices.map((price) => format.format(price))
}

/** Writes a change with its sign: `+1.28%`, `−0.04%`, `0.00%`. */
export function showChange(percent: number, locale: string): string {
  const written = showPercent(Math.abs(percent), locale)
  if (written === showPercent(0, locale)) return written
  return `${percent > 0 ? '+' : '−'}${written}`
}

/** Writes a percentage that was given as one: `1.28%`. */
export function showPercent(percent: number, locale: string, decimals = 2): string {
  return new Intl.NumberFormat(locale, {
    style: 'percent',
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(percent / 100)
}

/** How long ago a moment is, and never less than it is: `3 minutes ago`, `less than a minute ago`. It is part of a sentence. */
export function showAge(seconds: number): string {
  if (seconds < 60) return 'less than a minute ago'
  const format = new Intl.RelativeTimeFormat('en', { numeric: 'always' })
  if (seconds < 3600) return format.format(-Math.floor(seconds / 60), 'minute')
  if (seconds < 172_800) return format.format(-Math.floor(seconds / 3600), 'hour')
  return format.format(-Math.floor(seconds / 86_400), 'day')
}

/** Writes money to its last digit, and with two decimals at least: `₹0.10`, `$24,253.17`. */
export function showExact(value: string, currency: RateCurrency, locale: string): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency, maximumFractionDigits: 20 })
  return format.format(value as Intl.StringNumericLiteral)
}

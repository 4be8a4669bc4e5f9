/** The codes this interface writes with a sign of their own; every other code follows its number. */
const signed = new Set(['USD', 'EUR'])

/**
 * Writes a decimal string as money in the reader's locale: `$26.10`, `24.61 MUSD`. Exact for any length, since it never
 * becomes a float. Digits past the sixth are cut, not rounded, so that it never shows more than there is.
 */
export function showAmount(value: string, code: string, locale = 'en-US'): string {
  const exact = value as Intl.StringNumericLiteral
  if (signed.has(code)) {
    return new Intl.NumberFormat(locale, { style: 'currency', currency: code, roundingMode: 'trunc' }).format(exact)
  }
  const number = new Intl.NumberFormat(locale, {
    minimumFractionDigits: 2,
    maximumFractionDigits: 6,
    roundingMode: 'trunc',
  }).format(exact)
  return `${number}\u00a0${code}`
}

/** Writes a price of one unit with up to four decimals: `$1.0606`. */
export function showPrice(value: string, code: string, locale = 'en-US'): string {
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: code,
    maximumFractionDigits: 4,
    roundingMode: 'trunc',
  })
  return format.format(value as Intl.StringNumericLiteral)
}

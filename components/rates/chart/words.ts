import type { Moment } from '#components/rates/chart/moments.ts'
import type { RangeName } from '#components/rates/ranges.ts'
import { showRate } from '#components/rates/show-rate.ts'
import type { RateCurrency } from '#lib/rates/pairs.ts'

/** The value of a moment in words: the price that was read, or what is foretold. */
export function valueWords({ price, exact, fan }: Moment, quote: RateCurrency, locale: string): string {
  if (price !== null) return showRate(exact ?? price, quote, locale)
  if (!fan) return 'no price was read'
  const band = `${showRate(fan.low80, quote, locale)} to ${showRate(fan.high80, quote, locale)}`
  return `forecast ${showRate(fan.price, quote, locale)}, 4 times in 5 ${band}`
}

/** How a range writes its moments: in the reader's time zone, except that a day of UTC is that day everywhere. */
export function momentWords(range: RangeName, locale: string) {
  const daily = range === '1y'
  const zone = daily ? { timeZone: 'UTC' } : {}
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { ...options, ...zone })
  const exact = daily
    ? format({ dateStyle: 'medium' })
    : format({ day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' })
  const time = format({ hour: 'numeric', minute: '2-digit' })
  // By the kind of mark that the axis asks for: a year, a month, a day, a time.
  const marks = [format({ year: 'numeric' }), format({ month: 'short' }), format({ day: 'numeric', month: 'short' })]
  return {
    exact: (at: number) => exact.format(at * 1000),
    mark: (at: number, kind: number) => (marks[kind] ?? time).format(at * 1000),
    /** Seconds that the reader's clock is ahead of UTC's. */
    shiftAt: (at: number) => (daily ? 0 : -new Date(at * 1000).getTimezoneOffset() * 60),
  }
}

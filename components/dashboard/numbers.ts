import { showAmount } from '#components/ui/show-amount.ts'
import { parseAmount } from '#lib/money/amount.ts'

/** Dollars as the guards count them, in whole millionths. */
export function millionths(dollars: string): bigint {
  return parseAmount(dollars, 6)
}

/** Dollars in the reader's locale. */
export function dollars(amount: string, locale: string): string {
  return showAmount(amount, 'USD', locale)
}

/** The whole dollars, in millionths, at which a chart of these amounts ends: 1, 2 or 5 and noughts. Nothing for nothing. */
export function niceTop(amounts: bigint[]): bigint {
  let most = 0n
  for (const amount of amounts) if (amount > most) most = amount
  if (most === 0n) return 0n
  for (let unit = 1_000_000n; ; unit *= 10n) {
    const top = [1n, 2n, 5n].find((factor) => factor * unit >= most)
    if (top) return top * unit
  }
}

/** How much of a limit is gone, in whole percent; a hundred when nothing is left of it. */
export function percentOf(part: bigint, whole: bigint): number {
  if (whole <= part) return 100
  return Number((part * 100n) / whole)
}

/** A UTC day as the reader writes it: `Nov 21`. */
export function dayLabel(day: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', timeZone: 'UTC' }).format(new Date(day))
}

/** The share of the payments that were sent and arrived, in whole percent; null when none was sent. */
export function successRate(
  outcomes: Partial<Record<string, number>>,
): { percent: number; arrived: number; sent: number } | null {
  const arrived = (outcomes.settled ?? 0) + (outcomes.refunded ?? 0)
  const sent = arrived + (outcomes.failed ?? 0)
  return sent === 0 ? null : { percent: Math.floor((arrived * 100) / sent), arrived, sent }
}

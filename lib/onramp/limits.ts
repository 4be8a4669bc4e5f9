import type { Currency } from '#lib/money/currencies.ts'

/** What one purchase may convert, in minor units. A named check in the database holds the same bounds. */
export const limits: Record<Currency, { min: bigint; max: bigint }> = {
  USD: { min: 100n, max: 1_000_000n },
  EUR: { min: 100n, max: 1_000_000n },
}

/** How long a quote holds. */
export const quoteSeconds = 60

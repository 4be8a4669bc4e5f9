import type { CurrencyOption } from '#components/onramp/types.ts'
import { showAmount } from '#components/ui/show-amount.ts'
import { InvalidAmount, parseAmount } from '#lib/money/amount.ts'

/** Stripe's currencies here all have two decimals; the server holds the rule. */
const decimals = 2

/** What a person typed, in the one spelling the API takes: a comma is a point, and a loose point or zero is let go. */
export function tidyAmount(typed: string): string {
  const text = typed.trim().replace(',', '.')
  return text
    .replace(/^\./, '0.')
    .replace(/\.$/, '')
    .replace(/^0+(?=\d)/, '')
}

/** Why an amount cannot be bought for, as a sentence; null when it can. */
export function amountFault(amount: string, currency: CurrencyOption, locale: string): string | null {
  try {
    const units = parseAmount(amount, decimals)
    if (units < parseAmount(currency.minAmount, decimals)) {
      return `The least you can buy for is ${showAmount(currency.minAmount, currency.code, locale)}.`
    }
    if (units > parseAmount(currency.maxAmount, decimals)) {
      return `The most you can buy for at once is ${showAmount(currency.maxAmount, currency.code, locale)}.`
    }
    return null
  } catch (error) {
    if (!(error instanceof InvalidAmount)) throw error
    if (error.reason === 'empty') return 'Type an amount.'
    if (error.reason === 'too_many_decimals') return 'Use at most two decimals.'
    if (error.reason === 'too_large') return 'That is more than can be bought at once.'
    return 'Use digits and one point, such as 25.50.'
  }
}

/** What one of the bought asset costs with every fee in it, cut to four decimals; null when nothing arrives. */
export function priceOfOne(totalAmount: string, destinationAmount: string): string | null {
  const scale = 18
  const paid = parseAmount(totalAmount, scale)
  const arrives = parseAmount(destinationAmount, scale)
  if (arrives === 0n) return null
  const ten = 10_000n
  // Rounded up: a price told to a buyer is never lower than what is paid.
  const price = (paid * ten + arrives - 1n) / arrives
  return `${price / ten}.${(price % ten).toString().padStart(4, '0')}`
}

import { formatAmount, InvalidAmount, parseAmount } from '#lib/money/amount.ts'

/** As fine as the answer is given: a hundred-millionth, which is what a bitcoin divides into. */
const assetDecimals = 8
const currencyDecimals = 2
/** As fine as a price can be. */
const priceDecimals = 24

/** Why an amount cannot be reckoned with, as a sentence; null when it can. */
export function calculatorFault(text: string, side: 'asset' | 'currency'): string | null {
  const decimals = side === 'asset' ? assetDecimals : currencyDecimals
  try {
    const units = parseAmount(text, decimals)
    if (units === 0n) return 'Type more than nothing.'
    return units >= 10n ** BigInt(decimals + 12) ? 'That is more than can be reckoned with here.' : null
  } catch (error) {
    if (!(error instanceof InvalidAmount)) throw error
    if (error.reason === 'empty') return 'Type an amount.'
    if (error.reason === 'too_many_decimals') return `Use at most ${decimals} decimals.`
    if (error.reason === 'too_large') return 'That is more than can be reckoned with here.'
    return 'Use digits and one point, such as 25.50.'
  }
}

/** How much of the asset an amount of money pays for: rounded down, so that it never costs more. Null when it is next to nothing. */
export function amountFor(money: string, price: string): string | null {
  const paid = parseAmount(money, currencyDecimals)
  const each = parseAmount(price, priceDecimals)
  if (each === 0n) return null
  const units = (paid * 10n ** BigInt(priceDecimals - currencyDecimals + assetDecimals)) / each
  return units === 0n ? null : formatAmount(units, assetDecimals)
}

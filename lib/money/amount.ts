export type InvalidAmountReason = 'empty' | 'malformed' | 'negative' | 'too_many_decimals' | 'too_large'

const sentences: Record<InvalidAmountReason, string> = {
  empty: 'An amount is needed.',
  malformed: 'An amount is written with digits and at most one point, such as 25 or 25.50.',
  negative: 'An amount cannot be negative.',
  too_many_decimals: 'The amount has more decimals than its asset.',
  too_large: 'The amount is larger than can be kept.',
}

/** A text that is no amount. `reason` is stable; the message is a sentence that can be shown. */
export class InvalidAmount extends Error {
  override name = 'InvalidAmount'
  readonly reason: InvalidAmountReason

  constructor(reason: InvalidAmountReason) {
    super(sentences[reason])
    this.reason = reason
  }
}

/** The database keeps amounts as numeric(78,0), which also holds every uint256. */
const MAX_DIGITS = 78

const PLAIN = /^(0|[1-9][0-9]*)(?:\.([0-9]+))?$/

/**
 * Reads a decimal text as base units: `parseAmount('25.5', 2)` is 2550n.
 * There is one spelling of a number: digits, then perhaps a point and more digits. No sign, exponent, space, separator,
 * leading zero, bare point. Nothing is ever rounded: a decimal too many is refused, even when it is a zero.
 * Throws InvalidAmount.
 */
export function parseAmount(text: string, decimals: number): bigint {
  if (text === '') throw new InvalidAmount('empty')
  // Refused before any regular expression or BigInt reads it, so that a megabyte of digits costs nothing.
  if (text.length > 2 * MAX_DIGITS) throw new InvalidAmount('too_large')
  const match = PLAIN.exec(text)
  const whole = match?.[1]
  if (whole === undefined)
    throw new InvalidAmount(text.startsWith('-') && PLAIN.test(text.slice(1)) ? 'negative' : 'malformed')
  const fraction = match?.[2] ?? ''
  if (fraction.length > decimals) throw new InvalidAmount('too_many_decimals')
  const units = BigInt(whole + fraction.padEnd(decimals, '0'))
  if (units.toString().length > MAX_DIGITS) throw new InvalidAmount('too_large')
  return units
}

/**
 * Writes base units as a decimal text, exactly: trailing zeros are dropped down to `minimumDecimals` (0 unless told),
 * and no digit is ever rounded away. `parseAmount` reads it back to the same units; a negative number gets a minus sign.
 */
export function formatAmount(units: bigint, decimals: number, options: { minimumDecimals?: number } = {}): string {
  const minimum = Math.min(options.minimumDecimals ?? 0, decimals)
  const digits = (units < 0n ? -units : units).toString().padStart(decimals + 1, '0')
  const whole = digits.slice(0, digits.length - decimals)
  const fraction = digits.slice(digits.length - decimals)
  const shown = fraction.slice(0, minimum) + fraction.slice(minimum).replace(/0+$/, '')
  return `${units < 0n ? '-' : ''}${whole}${shown === '' ? '' : `.${shown}`}`
}

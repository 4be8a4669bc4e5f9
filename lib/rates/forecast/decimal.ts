const digits = 8

/** A number as a decimal text of eight significant digits, without an exponent. */
export function decimal(value: number): string {
  if (value === 0) return '0'
  const magnitude = Math.floor(Math.log10(Math.abs(Number(value.toExponential(digits - 1)))))
  return trimmed(Number(value.toPrecision(digits)).toFixed(Math.min(24, Math.max(0, digits - 1 - magnitude))))
}

/** A share or a percentage, to so many places. */
export const rounded = (value: number, places: number): string => trimmed(value.toFixed(places))

function trimmed(text: string): string {
  const short = text.includes('.') ? text.replace(/\.?0+$/, '') : text
  return short === '-0' ? '0' : short
}

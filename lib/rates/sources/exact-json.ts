/** A number of a JSON text, by its digits: a double would not keep them all. */
export class JsonNumber {
  readonly digits: string

  constructor(digits: string) {
    this.digits = digits
  }
}

/** Parses JSON whose numbers stay as they were written. Throws SyntaxError. */
export function parseExactJson(text: string): unknown {
  return JSON.parse(text, (_name, value: unknown, context?: { source?: string }) =>
    typeof value === 'number' ? new JsonNumber(context?.source ?? '') : value,
  )
}

const decimal = /^(?<whole>0|[1-9]\d*)(?:\.(?<part>\d+))?(?:[eE](?<exponent>[+-]?\d{1,3}))?$/

/** The digits of a price if they are those of one: more than nothing, less than a thousand billions, of at most 24 decimals. */
export function priceOf(digits: string): string | undefined {
  const { part = '', exponent = '0' } = decimal.exec(digits)?.groups ?? {}
  const size = decimal.test(digits) ? Number(digits) : 0
  return size > 0 && size < 1e15 && part.length - Number(exponent) <= 24 ? digits : undefined
}

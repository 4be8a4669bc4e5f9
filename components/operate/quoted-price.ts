/**
 * What one unit costs in a quote: the price, so many basis points more, and an absolute markup. Exact, for showing what a
 * markup comes to; the database computes what a quote says. Null where a text is no decimal number.
 */
export function quotedPrice(price: string, markupAbsolute: string, markupBasisPoints: string): string | null {
  const raw = partsOf(price)
  const absolute = partsOf(markupAbsolute)
  if (!raw || !absolute || !/^\d{1,4}$/.test(markupBasisPoints)) return null
  const decimals = Math.max(raw.decimals + 4, absolute.decimals)
  const quoted =
    raw.digits * (10_000n + BigInt(markupBasisPoints)) * 10n ** BigInt(decimals - raw.decimals - 4) +
    absolute.digits * 10n ** BigInt(decimals - absolute.decimals)
  const text = quoted.toString().padStart(decimals + 1, '0')
  return `${text.slice(0, -decimals)}.${text.slice(-decimals)}`.replace(/\.?0+$/, '')
}

function partsOf(text: string): { digits: bigint; decimals: number } | null {
  const match = /^(\d{1,15})(?:\.(\d{1,24}))?$/.exec(text)
  if (!match) return null
  const [, whole = '', part = ''] = match
  return { digits: BigInt(whole + part), decimals: part.length }
}

import { showExact, showPercent } from '#components/rates/show-rate.ts'
import { sourceName } from '#components/rates/source-name.ts'
import type { QuoteRate } from '#lib/onramp/schema.ts'

/** What is added to the market's price of one: `None`, `$0.0005`, `0.10%`, `$0.0005 + 0.10%`. */
export function markupText({ markup, quote }: QuoteRate, locale: string): string {
  const parts = [
    ...(Number(markup.absolute) === 0 ? [] : [showExact(markup.absolute, quote, locale)]),
    ...(markup.basisPoints === 0 ? [] : [showPercent(markup.basisPoints / 100, locale)]),
  ]
  return parts.length === 0 ? 'None' : parts.join(' + ')
}

/** Who said what the market's price is: `CoinGecko`, `Coinbase and CoinGecko`. */
export function sourcesText({ sources }: Pick<QuoteRate, 'sources'>, locale: string): string {
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(sources.map(sourceName))
}

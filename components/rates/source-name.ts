const names: Record<string, string> = { coingecko: 'CoinGecko', coinbase: 'Coinbase' }

/** A source of prices by the name it goes by. */
export function sourceName(source: string): string {
  return names[source] ?? source
}

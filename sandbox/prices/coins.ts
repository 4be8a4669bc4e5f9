import { valueAt, type Walk } from '#sandbox/prices/walk.ts'

type Coin = { symbol: string; walk: Walk; supply: number; dailyVolume: number }

/** By CoinGecko's own ids; in US dollars. */
const coins: Record<string, Coin> = {
  bitcoin: {
    symbol: 'BTC',
    walk: { base: 96_000, dailyMove: 0.022, slowestDays: 256 },
    supply: 19_950_000,
    dailyVolume: 4e10,
  },
  ethereum: {
    symbol: 'ETH',
    walk: { base: 3400, dailyMove: 0.03, slowestDays: 256 },
    supply: 120_700_000,
    dailyVolume: 2e10,
  },
  'mezo-usd': {
    symbol: 'MUSD',
    walk: { base: 0.9985, dailyMove: 0.0012, slowestDays: 4 },
    supply: 42_000_000,
    dailyVolume: 1.5e6,
  },
  'usd-coin': {
    symbol: 'USDC',
    walk: { base: 0.9999, dailyMove: 0.0002, slowestDays: 4 },
    supply: 7.4e10,
    dailyVolume: 9e9,
  },
  beldex: {
    symbol: 'BDX',
    walk: { base: 0.081, dailyMove: 0.035, slowestDays: 256 },
    supply: 7.4e9,
    dailyVolume: 1.6e7,
  },
}

/** How much of each currency a US dollar buys. */
const currencies: Record<string, Walk> = {
  usd: { base: 1, dailyMove: 0, slowestDays: 0 },
  eur: { base: 0.9201, dailyMove: 0.004, slowestDays: 64 },
  inr: { base: 88.4, dailyMove: 0.003, slowestDays: 64 },
}

export const isCoin = (id: string) => Object.hasOwn(coins, id)
export const isCurrency = (code: string) => Object.hasOwn(currencies, code)
export const currencyCodes = Object.keys(currencies)

/** The id of what is traded as `BTC`, `ETH` and so on. */
export function coinOf(symbol: string): string | undefined {
  return Object.keys(coins).find((id) => coins[id]?.symbol === symbol)
}

export type Tick = { price: number; marketCap: number; volume: number }

/** What one of the coin costs at a moment. The last minute's value holds until the next, as the real feed's does. */
export function tickAt(id: string, currency: string, at: number): Tick {
  const { coin, rate } = knownOf(id, currency)
  const minute = minuteOf(at)
  const price = round(rawPriceAt(id, currency, at))
  const busyness = valueAt({ base: 1, dailyMove: 0.3, slowestDays: 16 }, `${id} volume`, minute)
  const volume = coin.dailyVolume * busyness * valueAt(rate, currency, minute)
  return { price, marketCap: Math.round(price * coin.supply), volume: Math.round(volume) }
}

/** The price of `tickAt` before it is rounded. */
export function rawPriceAt(id: string, currency: string, at: number): number {
  const { coin } = knownOf(id, currency)
  return valueAt(coin.walk, id, minuteOf(at)) * perDollarAt(currency, at)
}

/** How much of a currency a US dollar bought at a moment. */
export function perDollarAt(currency: string, at: number): number {
  const rate = currencies[currency]
  if (!rate) throw new Error(`no rate of ${currency}`)
  return valueAt(rate, currency, minuteOf(at))
}

function knownOf(id: string, currency: string): { coin: Coin; rate: Walk } {
  const coin = coins[id]
  const rate = currencies[currency]
  if (!coin || !rate) throw new Error(`no price of ${id} in ${currency}`)
  return { coin, rate }
}

export const minuteOf = (at: number) => Math.floor(at / 60_000) * 60_000

/** Six significant digits, more where the price is large, as CoinGecko writes them. */
export function round(price: number): number {
  const places = price >= 1000 ? 2 : Math.max(0, 6 - Math.ceil(Math.log10(price)))
  return Number(price.toFixed(places))
}

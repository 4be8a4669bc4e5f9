/** The assets whose prices are followed, and each one's id at its sources. BDX is Beldex. */
export const rateAssets = {
  BTC: { label: 'Bitcoin', coingecko: 'bitcoin' },
  ETH: { label: 'Ether', coingecko: 'ethereum' },
  MUSD: { label: 'Mezo USD', coingecko: 'mezo-usd' },
  USDC: { label: 'USD Coin', coingecko: 'usd-coin' },
  BDX: { label: 'Beldex', coingecko: 'beldex' },
} as const

export type RateAsset = keyof typeof rateAssets

export const rateAssetCodes = ['BTC', 'ETH', 'MUSD', 'USDC', 'BDX'] as const satisfies readonly RateAsset[]

/** The currencies that prices are followed in, and how many decimals an amount of each has. */
export const rateCurrencies = {
  USD: { label: 'US dollar', decimals: 2 },
  EUR: { label: 'Euro', decimals: 2 },
  INR: { label: 'Indian rupee', decimals: 2 },
} as const

export type RateCurrency = keyof typeof rateCurrencies

export const rateCurrencyCodes = ['USD', 'EUR', 'INR'] as const satisfies readonly RateCurrency[]

/** A price is asked for as `base` in `quote`: what one BTC costs in EUR. */
export type Pair = { base: RateAsset; quote: RateCurrency }

/** How long a price is fresh, counted from when its source saw it. An older one gives no quote. */
export const freshMinutes = 15

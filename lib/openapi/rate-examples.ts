import type { CurrentRate, RateAssets, RateHistory, RateStats } from '#lib/rates/schema.ts'

export const currentRate: CurrentRate = {
  base: 'BTC',
  quote: 'USD',
  price: '97012.55',
  at: '2026-11-21T09:58:41.000Z',
  freshUntil: '2026-11-21T10:13:41.000Z',
  stale: false,
  spreadBasisPoints: 3,
  sources: ['coingecko', 'coinbase'],
}

export const rateHistory: RateHistory = {
  base: 'BTC',
  quote: 'USD',
  interval: '1h',
  from: '2026-11-21T07:00:00.000Z',
  to: '2026-11-21T10:00:00.000Z',
  points: [
    { at: '2026-11-21T07:00:00.000Z', price: '96630.1' },
    { at: '2026-11-21T08:00:00.000Z', price: '96874.92' },
    { at: '2026-11-21T09:00:00.000Z', price: '97012.55' },
  ],
}

export const rateStats: RateStats = {
  base: 'BTC',
  quote: 'USD',
  period: '24h',
  from: '2026-11-20T10:00:00.000Z',
  to: '2026-11-21T10:00:00.000Z',
  open: '95800.1',
  high: '97500',
  low: '95612.4',
  close: '97012.55',
  mean: '96512.403811',
  stddev: '412.118204',
  changePercent: '1.265604',
  volatilityPercent: '0.427011',
  count: 144,
  coverage: '1',
}

export const rateAssetsExample: RateAssets = {
  assets: [{ code: 'BTC', label: 'Bitcoin' }],
  currencies: [{ code: 'USD', label: 'US dollar', decimals: 2 }],
  pairs: [
    {
      base: 'BTC',
      quote: 'USD',
      markup: { absolute: '0', basisPoints: 0 },
      historyFrom: '2025-11-21T10:00:00.000Z',
      current: currentRate,
    },
  ],
  freshSeconds: 900,
}

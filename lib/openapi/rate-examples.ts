import type { BacktestHorizon, Forecast, ForecastHorizon } from '#lib/rates/forecast/schema.ts'
import type { CurrentRate, RateAssets, RateHistory, RateQuote, RateStats } from '#lib/rates/schema.ts'

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

export const rateQuote: RateQuote = {
  base: 'BTC',
  quote: 'INR',
  amount: '0.0025',
  raw: '8575909.42',
  markup: { absolute: '0.1', basisPoints: 0, perUnit: '0.1' },
  price: '8575909.52',
  fees: [],
  total: '21439.78',
  tick: { at: '2026-11-21T09:58:41.000Z', ageSeconds: 79, sources: ['coingecko'], spreadBasisPoints: 0 },
  expiresAt: '2026-11-21T10:01:00.000Z',
}

const band80 = { low: '95310.06', high: '98745.2' }
const band95 = { low: '94402.71', high: '99694.34' }

const foretold: ForecastHorizon = {
  horizon: '24h',
  at: '2026-11-21T22:00:00.000Z',
  price: '97012.55',
  changePercent: '0',
  trend: 'steady',
  band80,
  band95,
  baseline: { price: '97012.55', band80, band95 },
}

const judged: BacktestHorizon = {
  horizon: '24h',
  origins: 8617,
  independent: 359,
  error: '1015.6386',
  errorPercent: '1.1470613',
  baselineError: '1012.0587',
  baselineErrorPercent: '1.1431958',
  skill: '-0.0035',
  winner: 'baseline',
  coverage80: '81.44',
  coverage95: '96.5',
  baselineCoverage80: '80.74',
  baselineCoverage95: '96.5',
}

/** One horizon of three. */
export const rateForecast: Forecast = {
  base: 'BTC',
  quote: 'USD',
  madeAt: '2026-11-20T22:00:04.118Z',
  stale: false,
  last: { at: '2026-11-20T22:00:00.000Z', price: '97012.55' },
  horizons: [foretold],
  path: [{ at: '2026-11-21T22:00:00.000Z', price: '97012.55', band80, band95 }],
  model: {
    name: 'reverting_trend_1',
    level: '1',
    trend: '0',
    damping: '0',
    reversion: '1',
    hours: 8760,
    since: '2025-11-20T23:00:00.000Z',
    inputs: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  },
  baseline: { name: 'last_value' },
  backtest: { from: '2025-11-25T00:00:00.000Z', to: '2026-11-20T22:00:00.000Z', horizons: [judged] },
}

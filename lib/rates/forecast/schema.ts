import { z } from 'zod'
import { rateAssetCodes, rateCurrencyCodes } from '#lib/rates/pairs.ts'

/** How far ahead a forecast looks, and how many hours each is. */
export const horizonHours = { '1h': 1, '24h': 24, '7d': 168 } as const
export type Horizon = keyof typeof horizonHours
export const horizons = ['1h', '24h', '7d'] as const satisfies readonly Horizon[]

const price = (description: string, example: string) => z.string().meta({ description, example })
const ratio = price
const instant = (description: string) => z.iso.datetime().meta({ description })
const count = (description: string) => z.number().int().nonnegative().meta({ description })

export const ForecastBand = z
  .object({
    low: price('The price that it should not fall below.', '61204.12'),
    high: price('The price that it should not rise above.', '66980.4'),
  })
  .meta({ id: 'ForecastBand' })
export type ForecastBand = z.infer<typeof ForecastBand>

const band80 = ForecastBand.meta({ description: 'Where the price should be in four cases of five.' })
const band95 = ForecastBand.meta({ description: 'Where the price should be in nineteen cases of twenty.' })

/** One horizon: what the model says, and beside it what the last price says. */
export const ForecastHorizon = z
  .object({
    horizon: z.enum(horizons).meta({ description: 'How far ahead.' }),
    at: instant('The moment that is foretold.'),
    price: price('What the model says.', '64012.8'),
    changePercent: ratio('The change from the last price, in per cent.', '0.42'),
    trend: z.enum(['rising', 'falling', 'steady']).meta({
      description: 'rising and falling are a change of more than 2 per cent; anything less is steady.',
    }),
    band80,
    band95,
    baseline: z
      .object({ price: price('The last price, unchanged.', '63745.01'), band80, band95 })
      .meta({ description: 'What whoever foretells no change would say, with bands made in the same way.' }),
  })
  .meta({ id: 'ForecastHorizon' })
export type ForecastHorizon = z.infer<typeof ForecastHorizon>

/** A point of the fan, for drawing. */
export const ForecastPoint = z
  .object({
    at: instant('The moment that is foretold.'),
    price: price('What the model says.', '64012.8'),
    band80,
    band95,
  })
  .meta({ id: 'ForecastPoint' })
export type ForecastPoint = z.infer<typeof ForecastPoint>

/** How good forecasts of one horizon have been, each made with nothing but what was known before it. */
export const BacktestHorizon = z
  .object({
    horizon: z.enum(horizons),
    origins: count('How many past forecasts were judged: one for each hour.'),
    independent: count('How many of them do not overlap. Judge by this one how much the rest is worth.'),
    error: price('The mean absolute error of the model, in the currency.', '212.4'),
    errorPercent: ratio('The same in per cent of the price that came.', '0.34'),
    baselineError: price('The mean absolute error of the last price.', '209.9'),
    baselineErrorPercent: ratio('The same in per cent of the price that came.', '0.33'),
    skill: ratio(
      '1 - error / baselineError: above nothing, the model was better. Null where the last price was never wrong.',
      '-0.012',
    ).nullable(),
    winner: z
      .enum(['model', 'baseline', 'neither'])
      .meta({ description: 'Whose error was smaller; neither where the skill is nothing.' }),
    coverage80: ratio(
      'The share of prices, in per cent, that came to lie in the 80 per cent band. Null where too few were judged.',
      '79.6',
    ).nullable(),
    coverage95: ratio('The same of the 95 per cent band.', '94.8').nullable(),
    baselineCoverage80: ratio('The same of the baseline’s 80 per cent band.', '80.3').nullable(),
    baselineCoverage95: ratio('The same of the baseline’s 95 per cent band.', '95.1').nullable(),
  })
  .meta({ id: 'BacktestHorizon' })
export type BacktestHorizon = z.infer<typeof BacktestHorizon>

/** GET /rates/forecast. Where there is none, the answer is a 404 that says why. */
export const Forecast = z
  .object({
    base: z.enum(rateAssetCodes),
    quote: z.enum(rateCurrencyCodes),
    madeAt: instant('When it was made: each night at 22:00 UTC, or when an operator asked.'),
    stale: z.boolean().meta({ description: 'It is older than 26 hours: a night was missed.' }),
    last: z
      .object({ at: instant('The end of the last whole hour.'), price: price('The last price before it.', '63745.01') })
      .meta({ description: 'Where it starts from.' }),
    horizons: z.array(ForecastHorizon).meta({ description: '1h, 24h and 7d, in this order.' }),
    path: z.array(ForecastPoint).meta({ description: 'The way there, for a chart: closer together at first.' }),
    model: z.object({
      name: z.string().meta({ description: 'The model and its version.', example: 'reverting_trend_1' }),
      level: ratio('How much of the newest price it believes, from 0 to 1.', '1'),
      trend: ratio('How much of the newest change it believes, from 0 to 1.', '0.05'),
      damping: ratio('How much of the trend is left an hour later, from 0 to 1.', '0.9'),
      reversion: ratio('How much of the distance from the slow mean is left an hour later; 1 is all of it.', '1'),
      hours: count('How many hours it learnt from.'),
      since: instant('The first of them.'),
      inputs: z
        .string()
        .meta({ description: 'The SHA-256 of the hours it learnt from: with the same, it says the same.' }),
    }),
    baseline: z.object({ name: z.literal('last_value').meta({ description: 'The price stays what it is.' }) }),
    backtest: z.object({
      from: instant('The first past forecast that was judged.'),
      to: instant('The end of the last hour that one was judged by.'),
      horizons: z.array(BacktestHorizon).meta({ description: '1h, 24h and 7d, in this order.' }),
    }),
  })
  .meta({ id: 'RateForecast' })
export type Forecast = z.infer<typeof Forecast>

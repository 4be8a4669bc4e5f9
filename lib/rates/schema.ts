import { z } from 'zod'
import { line } from '#lib/http/line.ts'
import { rateAssetCodes, rateCurrencyCodes } from '#lib/rates/pairs.ts'

/** What every answer about prices is made of. A price is a decimal text: what one whole `base` costs, in whole units of `quote`. */
const base = z
  .enum(rateAssetCodes, { error: `is one of ${rateAssetCodes.join(', ')}` })
  .meta({ description: 'The asset.', example: 'BTC' })
const quote = z
  .enum(rateCurrencyCodes, { error: `is one of ${rateCurrencyCodes.join(', ')}` })
  .meta({ description: 'The currency it is priced in.', example: 'USD' })
const price = (description: string, example: string) => z.string().meta({ description, example })
const instant = (description: string) => z.iso.datetime().meta({ description })
const sources = z
  .array(z.string())
  .meta({ description: 'Who said so; the price is their median.', example: ['coingecko', 'coinbase'] })
const spreadBasisPoints = z
  .number()
  .int()
  .meta({ description: 'How far apart they were, in hundredths of a percent of the median.' })

/** GET /rates/current, /rates/forecast */
export const PairInput = z.strictObject({ base, quote })
export type PairInput = z.output<typeof PairInput>

export const CurrentRate = z
  .object({
    base,
    quote,
    price: price('The price as it was read: no markup is in it.', '97012.55'),
    at: instant('When it held, by its source’s own clock. Its age is counted from here.'),
    freshUntil: instant('From then on it is stale, if no newer one has come: 15 minutes after `at`.'),
    stale: z.boolean().meta({ description: 'It was too old for a quote when this was answered.' }),
    spreadBasisPoints,
    sources,
  })
  .meta({ id: 'CurrentRate' })
export type CurrentRate = z.infer<typeof CurrentRate>

export const rateIntervals = ['10m', '1h', '1d'] as const
export type RateInterval = (typeof rateIntervals)[number]

/** Of each interval: how long it is, how much of the past one answer has, and how much it has when nobody says. */
export const rateIntervalLimits = {
  '10m': { seconds: 600, days: 31, usualDays: 1 },
  '1h': { seconds: 3600, days: 366, usualDays: 30 },
  '1d': { seconds: 86_400, days: 3660, usualDays: 365 },
} as const satisfies Record<RateInterval, { seconds: number; days: number; usualDays: number }>

const moment = z.iso.datetime({ offset: true, error: 'is a time, such as 2026-01-31T10:00:00Z' })

/** GET /rates/history */
export const RateHistoryInput = z.strictObject({
  base,
  quote,
  from: moment.optional().meta({
    description: 'The first moment of it, rounded down to the interval. Without one: 1, 30 or 365 days before the end.',
  }),
  to: moment.optional().meta({ description: 'The end, which is not in it; rounded up. Without one: now.' }),
  interval: z
    .enum(rateIntervals, { error: `is one of ${rateIntervals.join(', ')}` })
    .default('1h')
    .meta({ description: '10m has at most 31 days in one answer, 1h 366 days, 1d 3660 days.' }),
})
export type RateHistoryInput = z.input<typeof RateHistoryInput>

export const RateHistory = z
  .object({
    base,
    quote,
    interval: z.enum(rateIntervals),
    from: instant('The first moment of it.'),
    to: instant('The end, which is not in it.'),
    points: z
      .array(
        z.object({
          at: instant('When the interval begins, in UTC.'),
          price: price('The last price read in it, without markup.', '97012.55'),
        }),
      )
      .meta({ description: 'Oldest first. An interval in which nothing was read is left out.' }),
  })
  .meta({ id: 'RateHistory' })
export type RateHistory = z.infer<typeof RateHistory>

export const ratePeriods = ['24h', '7d', '30d'] as const
export type RatePeriod = (typeof ratePeriods)[number]

/** GET /rates/stats */
export const RateStatsInput = z.strictObject({
  base,
  quote,
  period: z
    .enum(ratePeriods, { error: `is one of ${ratePeriods.join(', ')}` })
    .default('24h')
    .meta({ description: 'How much of the past, ending now.' }),
})
export type RateStatsInput = z.output<typeof RateStatsInput>

const percent = (description: string) => z.number().meta({ description, example: 1.284 })

export const RateStats = z
  .object({
    base,
    quote,
    period: z.enum(ratePeriods),
    from: instant('The prices are later than this,'),
    to: instant('and not later than this: to the tick, whatever the hour.'),
    open: price('The first price in it.', '95800.1'),
    high: price('The highest.', '97500'),
    low: price('The lowest.', '95612.4'),
    close: price('The last.', '97012.55'),
    mean: price('The mean of all of them, to 12 decimals.', '96512.403811'),
    stddev: price('Their standard deviation, of the population, to 12 decimals.', '412.118204'),
    changePercent: percent('From open to close, in percent.'),
    volatilityPercent: percent('The standard deviation in percent of the mean (the coefficient of variation).'),
    count: z.number().int().meta({ description: 'How many prices were read.', example: 144 }),
    coverage: z
      .number()
      .min(0)
      .max(1)
      .meta({ description: 'Of the prices that there should be: 1 is all.', example: 1 }),
  })
  .meta({ id: 'RateStats' })
export type RateStats = z.infer<typeof RateStats>

const markup = z.object({
  absolute: price('In whole units of the currency, on each whole unit of the asset.', '0.1'),
  basisPoints: z.number().int().meta({ description: 'In hundredths of a percent of the price.', example: 0 }),
})

/** GET /rates/assets */
export const RateAssets = z
  .object({
    assets: z.array(z.object({ code: base, label: z.string().meta({ example: 'Bitcoin' }) })),
    currencies: z.array(
      z.object({ code: quote, label: z.string().meta({ example: 'US dollar' }), decimals: z.number().int() }),
    ),
    pairs: z
      .array(
        z.object({
          base,
          quote,
          markup: markup.meta({
            description: 'What a quote adds to the price. No price of these answers has it in it.',
          }),
          historyFrom: instant('When the first price of it was read; null before there is one.').nullable(),
          current: CurrentRate.nullable().meta({ description: 'Null until a price was read.' }),
        }),
      )
      .meta({ description: 'Every asset in every currency.' }),
    freshSeconds: z
      .number()
      .int()
      .meta({ description: 'How old a price may be that a quote stands on.', example: 900 }),
  })
  .meta({ id: 'RateAssets' })
export type RateAssets = z.infer<typeof RateAssets>

const wholeAmount = /^(?:0|[1-9]\d{0,11})(?:\.\d{1,18})?$/

/** GET /rates/quote */
export const RateQuoteInput = z.strictObject({
  base,
  quote,
  amount: line(40)
    .refine((text) => wholeAmount.test(text), 'is a decimal number in a text, such as 0.25')
    .refine((text) => /[1-9]/.test(text), 'is more than nothing')
    .meta({ description: 'How much of the asset, in whole units: a decimal number in a text.', example: '0.25' }),
})
export type RateQuoteInput = z.output<typeof RateQuoteInput>

export const RateQuote = z
  .object({
    base,
    quote,
    amount: price('How much of the asset.', '0.25'),
    raw: price('The price as it was read.', '97012.55'),
    markup: markup
      .extend({ perUnit: price('Both together, on one whole unit.', '0.1') })
      .meta({ description: 'What is added to it.' }),
    price: price('The price with the markup.', '97012.65'),
    fees: z
      .array(z.object({ kind: z.string(), amount: price('The fee.', '0.50'), currency: quote }))
      .meta({ description: 'Every fee, each on a line of its own. There is none now.' }),
    total: price('The amount at that price, rounded up to the currency’s smallest unit, with the fees.', '24253.17'),
    tick: z
      .object({
        at: instant('When the raw price held.'),
        ageSeconds: z.number().int().meta({ description: 'How old it was when this was answered.' }),
        sources,
        spreadBasisPoints,
      })
      .meta({ description: 'The price that the quote stands on.' }),
    expiresAt: instant('Until then the quote holds: a minute.'),
  })
  .meta({ id: 'RateQuote' })
export type RateQuote = z.infer<typeof RateQuote>

export const forecastHorizons = ['1h', '24h', '7d'] as const
export type ForecastHorizon = (typeof forecastHorizons)[number]

const horizon = z.enum(forecastHorizons).meta({ description: 'How far ahead.', example: '24h' })
const band = (of: number) =>
  z
    .object({ low: price('Its lower end.', '95100'), high: price('Its upper end.', '99020') })
    .meta({ description: `Where the price should be ${of} times in 100.` })
const share = (description: string) => z.number().min(0).max(1).meta({ description, example: 0.81 })

const Outlook = z.object({
  horizon,
  at: instant('The moment it is about.'),
  price: price('What is expected.', '97140.2'),
  band80: band(80),
  band95: band(95),
})

const Record = z.object({
  horizon,
  count: z.number().int().meta({ description: 'How many forecasts of the past it was judged by.', example: 120 }),
  mae: price('The mean error of the model, in the currency.', '512.44'),
  mapePercent: percent('The same in percent of what came.'),
  baselineMae: price('The mean error of the baseline, in the currency.', '520.1'),
  baselineMapePercent: percent('The same in percent of what came.'),
  skill: z.number().meta({
    description:
      'How much of the baseline’s error the model saves: 1 is all of it, 0 nothing; below 0 the baseline wins.',
    example: 0.0147,
  }),
  coverage80: share('How often the price was in the band of 80.'),
  coverage95: share('How often the price was in the band of 95.'),
  baselineCoverage80: share('The same of the baseline’s band of 80.'),
  baselineCoverage95: share('The same of the baseline’s band of 95.'),
  winner: z.enum(['model', 'baseline']).meta({ description: 'Who was nearer on the whole.' }),
})

/** GET /rates/forecast */
export const RateForecast = z
  .object({
    base,
    quote,
    madeAt: instant('When it was made. Nothing later is in it.'),
    last: z
      .object({ at: instant('When it held.'), price: price('The last price before.', '97012.55') })
      .nullable()
      .meta({ description: 'What it starts from; null where there is nothing to start from.' }),
    refusal: z
      .object({
        reason: z.enum(['too_few_points', 'feed_stale']),
        detail: z.string().meta({ example: 'There are 40 hours of prices; a forecast needs 336.' }),
      })
      .nullable()
      .meta({ description: 'Why there is no forecast; null where there is one.' }),
    horizons: z
      .array(
        Outlook.extend({
          trend: z
            .enum(['rising', 'falling', 'steady'])
            .meta({ description: 'rising and falling are more than 2 % from the last price.' }),
        }),
      )
      .meta({ description: 'The forecast. Empty where there is none.' }),
    model: z.object({ name: z.string(), description: z.string() }).meta({ description: 'What made it.' }),
    baseline: z
      .object({ name: z.string(), description: z.string(), horizons: z.array(Outlook) })
      .meta({ description: 'What everybody knows already: the last price stays. Always beside the forecast.' }),
    backtest: z
      .object({
        from: instant('The first moment that a forecast of it was made at.'),
        to: instant('The last.'),
        seed: z.string().meta({ description: 'With it and the same prices it comes out the same.' }),
        horizons: z.array(Record),
      })
      .nullable()
      .meta({
        description:
          'How good it has been: forecasts made at moments of the past, from nothing later. Null where there is none.',
      }),
  })
  .meta({ id: 'RateForecast' })
export type RateForecast = z.infer<typeof RateForecast>

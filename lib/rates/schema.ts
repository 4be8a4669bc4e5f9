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

/** GET /rates/current and /rates/forecast, whose answer is lib/rates/forecast/schema.ts. */
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

/** The most points that one answer has. */
export const maxHistoryPoints = 9000

const moment = z.iso.datetime({ offset: true, error: 'is a time, such as 2026-01-31T10:00:00Z' })

/** GET /rates/history */
export const RateHistoryInput = z.strictObject({
  base,
  quote,
  from: moment.optional().meta({
    description:
      'The first moment of it, rounded down to the interval. Without one: a day before the end for 10m, 30 days for 1h, a year for 1d.',
  }),
  to: moment.optional().meta({ description: 'The end, which is not in it; rounded up. Without one: now.' }),
  interval: z
    .enum(rateIntervals, { error: `is one of ${rateIntervals.join(', ')}` })
    .default('1h')
    .meta({
      description: `One answer has at most ${maxHistoryPoints} points: 62 days of 10m, a year of 1h, 24 years of 1d.`,
    }),
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
export type RateStatsInput = z.input<typeof RateStatsInput>

const ratio = (description: string, example: string) => z.string().meta({ description, example })

export const RateStats = z
  .object({
    base,
    quote,
    period: z.enum(ratePeriods),
    from: instant('The beginning, which is not in it.'),
    to: instant('The end, which is in it: when this was asked.'),
    open: price('The first price in it.', '95800.1'),
    high: price('The highest.', '97500'),
    low: price('The lowest.', '95612.4'),
    close: price('The last.', '97012.55'),
    mean: price('The mean of all of them, to 12 decimals.', '96512.403811'),
    stddev: price('Their standard deviation, of the population, to 12 decimals.', '412.118204'),
    changePercent: ratio('From open to close, in percent of open.', '1.265707'),
    volatilityPercent: ratio(
      'The standard deviation in percent of the mean (the coefficient of variation).',
      '0.427010',
    ),
    count: z.number().int().meta({ description: 'How many prices were read.', example: 144 }),
    coverage: ratio('How many of the prices were read that there should be: 1 is all of them.', '1'),
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

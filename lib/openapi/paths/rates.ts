import { z } from 'zod'
import type { oas31, ZodOpenApiOperationObject, ZodOpenApiPathsObject } from 'zod-openapi'
import { answer, textHeader } from '#lib/openapi/answer.ts'
import { problems, type RefusalCode } from '#lib/openapi/problems.ts'
import {
  currentRate,
  rateAssetsExample,
  rateForecast,
  rateHistory,
  rateQuote,
  rateStats,
} from '#lib/openapi/rate-examples.ts'
import { openToAll } from '#lib/openapi/security.ts'
import { Forecast } from '#lib/rates/forecast/schema.ts'
import {
  CurrentRate,
  PairInput,
  RateAssets,
  RateHistory,
  RateHistoryInput,
  RateQuote,
  RateQuoteInput,
  RateStats,
  RateStatsInput,
} from '#lib/rates/schema.ts'

const tags = ['Rates']

const headers: oas31.HeadersObject = {
  ETag: textHeader('The version of this answer.', '"5f2c1e0b9a7d43c1a6e8f0d2b4c69788"'),
  'Cache-Control': textHeader(
    'How long it may be kept: never beyond the moment that the price stops being fresh.',
    'public, max-age=15, s-maxage=15, stale-while-revalidate=75',
  ),
}

const header = z.object({
  'If-None-Match': z.string().optional().meta({ description: 'The ETag of the answer you have.' }),
})

/** What every read of rates has in common: it is for everybody, cached, and compared by its tag. */
function read<Schema extends z.ZodType>(
  operation: Pick<ZodOpenApiOperationObject, 'operationId' | 'summary' | 'description'> & { query?: z.ZodObject },
  [description, schema, example]: [string, Schema, z.output<Schema>],
  refusals: RefusalCode[],
): ZodOpenApiOperationObject {
  const { query, ...said } = operation
  return {
    ...said,
    tags,
    security: openToAll,
    requestParams: { ...(query ? { query } : {}), header },
    responses: {
      '200': answer(description, schema, example, headers),
      '304': { description: 'Unchanged since the answer you have.' },
      ...problems(...refusals, 'rate_limited', 'internal_error', 'rates_unavailable'),
    },
  }
}

const fields = ['invalid_field', 'unknown_field'] as const satisfies RefusalCode[]

/** Prices: what they are, were, and come to. Anybody may read them, from any site. */
export const ratePaths: ZodOpenApiPathsObject = {
  '/api/v1/rates/current': {
    get: read(
      {
        operationId: 'getCurrentRate',
        summary: 'Read a price',
        description:
          'The newest price of an asset in a currency: the median of the sources, without markup. It says when it held; one that is older than 15 minutes is marked `stale`, and gives no quote.',
        query: PairInput,
      },
      ['The newest price.', CurrentRate, currentRate],
      [...fields, 'rate_missing'],
    ),
  },
  '/api/v1/rates/history': {
    get: read(
      {
        operationId: 'getRateHistory',
        summary: 'Read what prices were',
        description:
          'The last price of each ten minutes, hour or day of UTC, oldest first. Where nothing was read there is no point: nothing is filled in.',
        query: RateHistoryInput,
      },
      ['The points.', RateHistory, rateHistory],
      [...fields, 'rate_missing'],
    ),
  },
  '/api/v1/rates/stats': {
    get: read(
      {
        operationId: 'getRateStats',
        summary: 'Read the statistics of a price',
        description:
          'What the prices of the last 24 hours, 7 days or 30 days come to: every price that was read in exactly that time, ten minutes apart, each counted once.',
        query: RateStatsInput,
      },
      ['The statistics.', RateStats, rateStats],
      [...fields, 'rate_missing'],
    ),
  },
  '/api/v1/rates/quote': {
    get: read(
      {
        operationId: 'quoteRate',
        summary: 'Ask what an amount costs',
        description:
          'The raw price, the markup, and what an amount of the asset comes to with it, rounded up to the currency’s smallest unit. It holds for a minute and obliges nobody: nothing but what `GET /api/v1/onramp/options` lists is sold here.',
        query: RateQuoteInput,
      },
      ['What it costs.', RateQuote, rateQuote],
      [...fields, 'invalid_amount', 'rate_missing', 'rate_stale'],
    ),
  },
  '/api/v1/rates/forecast': {
    get: read(
      {
        operationId: 'getRateForecast',
        summary: 'Read a forecast, and how good it has been',
        description:
          'What a model says of the next hour, day and week, with the bands that the price should come to lie in; beside it what the last price says, and how good both were in the past year. Made each night at 22:00 UTC. No quote stands on it.',
        query: PairInput,
      },
      ['The newest forecast.', Forecast, rateForecast],
      [...fields, 'forecast_missing'],
    ),
  },
  '/api/v1/rates/assets': {
    get: read(
      {
        operationId: 'listRateAssets',
        summary: 'See what there are prices of',
        description: 'The assets, the currencies, and each pair with its newest price and what a quote adds to it.',
      },
      ['What there are prices of.', RateAssets, rateAssetsExample],
      [],
    ),
  },
}

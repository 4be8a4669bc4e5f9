import { z } from 'zod'
import { problemOf } from '#lib/db/errors.ts'
import { env } from '#lib/env.ts'
import { parseInput } from '#lib/http/parse.ts'
import { Problem } from '#lib/http/problem.ts'
import { Forecast } from '#lib/rates/forecast/schema.ts'
import { freshMinutes, rateAssetCodes, rateAssets, rateCurrencies, rateCurrencyCodes } from '#lib/rates/pairs.ts'
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

// The edge reaches no database, so prices are read by functions of the schema `public`, which anybody may call. Node calls the same.

const patienceMs = 5_000

/** The newest price of a pair, however old it is: `stale` says so. */
export async function readCurrentRate({ input }: { input: PairInput }): Promise<CurrentRate> {
  const { base, quote } = parseInput(PairInput, input)
  const rate = await callRates('current_rate', { p_base: base, p_quote: quote }, CurrentRate.nullable())
  return rate ?? missing(`No price of ${base} in ${quote} has been read yet.`)
}

/** What was read in some stretch of time, one point an interval. */
export async function readRateHistory({ input }: { input: RateHistoryInput }): Promise<RateHistory> {
  const { base, quote, from, to, interval } = parseInput(RateHistoryInput, input)
  const history = await callRates(
    'rate_history',
    { p_base: base, p_quote: quote, p_from: from ?? null, p_to: to ?? null, p_interval: interval },
    RateHistory.nullable(),
  )
  return history ?? missing(`No price of ${base} in ${quote} was read in that time.`)
}

/** What can be said of a pair's prices over 24 hours, 7 days or 30 days that end now. */
export async function readRateStats({ input }: { input: RateStatsInput }): Promise<RateStats> {
  const { base, quote, period } = parseInput(RateStatsInput, input)
  const stats = await callRates(
    'rate_statistics',
    { p_base: base, p_quote: quote, p_period: period },
    RateStats.nullable(),
  )
  return stats ?? missing(`No price of ${base} in ${quote} was read in the last ${period}.`)
}

/** The newest forecast of a pair, or why there is none, with what it was worth in the past. */
export async function readRateForecast({ input }: { input: PairInput }): Promise<Forecast> {
  const { base, quote } = parseInput(PairInput, input)
  const forecast = await callRates('rate_forecast', { p_base: base, p_quote: quote }, Forecast.nullable())
  return forecast ?? missing(`No forecast of ${base} in ${quote} has been made yet.`)
}

/** What an amount costs now, with the markup. Refused while there is no fresh price. */
export async function readRateQuote({ input }: { input: RateQuoteInput }): Promise<RateQuote> {
  const { base, quote, amount } = parseInput(RateQuoteInput, input)
  return callRates('rate_quote', { p_base: base, p_quote: quote, p_amount: amount }, RateQuote)
}

/** What prices there are: every pair with its newest price and its markup, in the order of the assets and currencies. */
export async function readRateAssets(): Promise<RateAssets> {
  const pairs = await callRates('rate_pairs', {}, RateAssets.shape.pairs)
  return {
    assets: rateAssetCodes.map((code) => ({ code, label: rateAssets[code].label })),
    currencies: rateCurrencyCodes.map((code) => ({ code, ...rateCurrencies[code] })),
    pairs: rateAssetCodes.flatMap((base) =>
      rateCurrencyCodes.flatMap((quote) => pairs.find((pair) => pair.base === base && pair.quote === quote) ?? []),
    ),
    freshSeconds: freshMinutes * 60,
  }
}

function missing(detail: string): never {
  throw new Problem(404, 'rate_missing', 'There is no such price', detail)
}

const Refused = z.object({ code: z.string(), message: z.string(), details: z.string().nullish() })

/** Calls a function of the schema `public` over the REST API. What it answers is checked, and its own refusals are problems. */
export async function callRates<Schema extends z.ZodType>(
  name: string,
  args: Record<string, string | number | null>,
  schema: Schema,
): Promise<z.output<Schema>> {
  const { SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY } = env()
  const answer = await fetch(`${SUPABASE_URL}/rest/v1/rpc/${name}`, {
    method: 'POST',
    headers: { apikey: SUPABASE_PUBLISHABLE_KEY, 'content-type': 'application/json' },
    body: JSON.stringify(args),
    cache: 'no-store',
    redirect: 'error',
    signal: AbortSignal.timeout(patienceMs),
  }).catch(unavailable)
  const body: unknown = await answer.json().catch(unavailable)
  if (answer.ok) return schema.parse(body)
  const refused = Refused.safeParse(body)
  const { code, message, details } = refused.success ? refused.data : { code: '', message: '', details: null }
  throw problemOf(code, message, details ?? undefined) ?? unavailable(`${answer.status} ${code} ${message}`)
}

function unavailable(cause: unknown): never {
  throw new Problem(
    503,
    'rates_unavailable',
    'Prices cannot be read now',
    'What holds the prices does not answer. Nothing was charged; try again shortly.',
    { retryAfterSeconds: 5, cause },
  )
}

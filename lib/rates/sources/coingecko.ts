import { z } from 'zod'
import { env } from '#lib/env.ts'
import { type Pair, rateAssetCodes, rateAssets, rateCurrencyCodes } from '#lib/rates/pairs.ts'
import { ask } from '#lib/rates/sources/ask.ts'
import { JsonNumber, priceOf } from '#lib/rates/sources/exact-json.ts'
import { type Answer, type Reading, type Refused, type Source, SourceFailed } from '#lib/rates/sources/source.ts'

const name = 'coingecko'

/** By coin and then by currency. What of it is a price is looked at one by one. */
const Prices = z.record(z.string(), z.record(z.string(), z.unknown()))

/** What all assets cost now, in all currencies, in one request. */
export const coingecko: Source = {
  name,
  read: async () => {
    const ids = rateAssetCodes.map((code) => rateAssets[code].coingecko)
    const body = Prices.safeParse(
      await asked('simple/price', {
        ids: ids.join(','),
        vs_currencies: rateCurrencyCodes.join(',').toLowerCase(),
        include_last_updated_at: 'true',
        precision: 'full',
      }),
    )
    if (!body.success) throw new SourceFailed('It answers with something else than prices')
    return answerOf(body.data, Date.now())
  },
}

function answerOf(prices: z.infer<typeof Prices>, now: number): Answer {
  const readings: Reading[] = []
  const refused: Refused[] = []
  for (const asset of rateAssetCodes) {
    const coin = prices[rateAssets[asset].coingecko]
    const updated = momentOf(coin?.last_updated_at)
    for (const currency of rateCurrencyCodes) {
      const found = coin?.[currency.toLowerCase()]
      const price = found instanceof JsonNumber ? priceOf(found.digits) : undefined
      const why = whyNot({ found, price, updated, now })
      if (price === undefined || updated === undefined || why !== undefined) {
        refused.push({ asset, currency, why: why ?? 'it is not a price' })
      } else {
        readings.push({ source: name, asset, currency, price, observedAt: new Date(Math.min(updated, now)) })
      }
    }
  }
  return { readings, refused }
}

/** A clock may be a little ahead of ours. */
const toleranceMs = 60_000

type Found = { found: unknown; price: string | undefined; updated: number | undefined; now: number }

function whyNot({ found, price, updated, now }: Found): string | undefined {
  if (found === undefined) return 'it is missing'
  if (price === undefined) return 'it is not a price'
  if (updated === undefined) return 'it is of no known time'
  return updated > now + toleranceMs ? 'it is of the future' : undefined
}

/** Unix seconds as milliseconds. */
function momentOf(seconds: unknown): number | undefined {
  if (!(seconds instanceof JsonNumber) || !/^[1-9]\d{8,10}(\.\d+)?$/.test(seconds.digits)) return undefined
  return Math.floor(Number(seconds.digits) * 1000)
}

const Chart = z.object({ prices: z.array(z.tuple([z.instanceof(JsonNumber), z.unknown()])) })

export type Point = { at: Date; price: string }

/**
 * What a pair cost from one moment to another, by CoinGecko's own steps: five minutes for a day that ends now, an hour up to
 * ninety days, else a day. What is not a price is left out. Throws SourceFailed.
 */
export async function readCoingeckoHistory({ base, quote }: Pair, from: Date, to: Date): Promise<Point[]> {
  const seconds = (moment: Date): string => String(Math.floor(moment.getTime() / 1000))
  const body = Chart.safeParse(
    await asked(`coins/${rateAssets[base].coingecko}/market_chart/range`, {
      vs_currency: quote.toLowerCase(),
      from: seconds(from),
      to: seconds(to),
      precision: 'full',
    }),
  )
  if (!body.success) throw new SourceFailed('It answers with something else than a history')
  return body.data.prices.flatMap(([moment, found]) => {
    const at = new Date(Number(moment.digits))
    const price = found instanceof JsonNumber ? priceOf(found.digits) : undefined
    return price !== undefined && at >= from && at <= to ? [{ at, price }] : []
  })
}

function asked(path: string, query: Record<string, string>): Promise<unknown> {
  const { COINGECKO_API_URL: url, COINGECKO_API_KEY: key } = env()
  // A paid key belongs to another host, and goes under another name.
  const header = new URL(url).hostname.startsWith('pro-api.') ? 'x-cg-pro-api-key' : 'x-cg-demo-api-key'
  return ask(`${url}/${path}?${new URLSearchParams(query)}`, key === undefined ? {} : { [header]: key })
}

import type { Sql } from 'postgres'
import { rateAssetCodes, rateAssets, rateCurrencyCodes } from '#lib/rates/pairs.ts'
import { perDollarAt, rawPriceAt, round } from '#sandbox/prices/coins.ts'

const tenMinutes = 600_000
const hour = 6 * tenMinutes
const day = 24 * hour
/** As far back as people look closely, and then as far as a chart goes. */
const closely = 35 * day
const year = 365 * day

/**
 * A year of prices for an empty database, by the worker's own command: each ten minutes of the last weeks, each hour before.
 * They are what the stand-in tells of the past, so that the feed goes on from them; the ten minutes of now are left to it.
 * What is missing on a later start the app fetches by itself.
 */
export async function seedRates(sql: Sql, now = Date.now()): Promise<void> {
  const [known] = await sql`select 1 from public.rate_ticks limit 1`
  if (known) return
  const moments = momentsUntil(now)
  const perDollar = rateCurrencyCodes.map((currency) => ({
    currency,
    rates: moments.map((at) => perDollarAt(currency.toLowerCase(), at)),
  }))
  const writes = rateAssetCodes.flatMap((asset) => {
    const inDollars = moments.map((at) => rawPriceAt(rateAssets[asset].coingecko, 'usd', at))
    return perDollar.map(({ currency, rates }) => {
      const points = moments.map((at, index) => ({
        at: new Date(at).toISOString(),
        price: String(round((inDollars[index] ?? 0) * (rates[index] ?? 0))),
      }))
      return sql.begin(async (tx) => {
        await tx`set local role worker`
        await tx`select app.record_rate_history('coingecko', ${asset}, ${currency}, ${tx.json(points)})`
      })
    })
  })
  await Promise.all(writes)
  // The first night is hours away; what it would say is said as soon as the worker runs.
  await sql`select private.add_job('forecast_rates', '{}', 'forecast_rates')`
}

/** Up to the ten minutes before these, oldest first. */
function momentsUntil(now: number): number[] {
  const end = Math.floor(now / tenMinutes) * tenMinutes
  const turn = Math.floor((end - closely) / hour) * hour
  const moments: number[] = []
  for (let at = turn - (year - closely); at < turn; at += hour) moments.push(at)
  for (let at = turn; at < end; at += tenMinutes) moments.push(at)
  return moments
}

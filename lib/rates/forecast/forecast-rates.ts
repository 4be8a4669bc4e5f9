import { setImmediate } from 'node:timers/promises'
import { z } from 'zod'
import { as } from '#lib/db/as.ts'
import { errorFields, log } from '#lib/log.ts'
import { foretellHours, hoursNeeded, model } from '#lib/rates/forecast/foretell.ts'
import { hourly } from '#lib/rates/forecast/hours.ts'
import { type Pair, rateAssetCodes, rateCurrencyCodes } from '#lib/rates/pairs.ts'

const worker = as({ role: 'worker' })

/** The last price of each hour that had one, by the hour's end: in hours since 1970. */
const PriceHours = z.object({
  asOf: z.iso.datetime(),
  until: z.iso.datetime(),
  hours: z.tuple([z.int(), z.string()]).array(),
})

/**
 * Forecasts every pair from its last whole hour, each night and when an operator asks. What was said already, of the same hours,
 * is not said again; where too little is known, that is what is recorded. Resolves to how many pairs something new was said of.
 */
export async function forecastRates(): Promise<number> {
  const errors: unknown[] = []
  let recorded = 0
  for (const base of rateAssetCodes) {
    for (const quote of rateCurrencyCodes) {
      try {
        if (await forecastPair({ base, quote })) recorded += 1
      } catch (error) {
        errors.push(error)
        log.error('a pair was not forecast', { base, quote, ...errorFields(error) })
      }
      // A pair keeps a processor busy for a quarter of a second: other jobs of this process come in between.
      await setImmediate()
    }
  }
  log.info('prices were forecast', { recorded, failed: errors.length })
  if (errors.length > 0) throw errors[0]
  return recorded
}

/** Forecasts one pair; false where the same was said before. */
async function forecastPair({ base, quote }: Pair): Promise<boolean> {
  const [read] = await worker((sql) => sql`select app.read_rate_hours(${base}, ${quote}) as answer`)
  const answer = PriceHours.parse(read?.answer)
  const hours = hourly(answer.hours, Date.parse(answer.until) / 3_600_000)
  const forecast = inDatabaseTerms(foretellHours(hours))
  const said = {
    asset: base,
    currency: quote,
    originAt: answer.until,
    asOf: answer.asOf,
    model,
    hours: hours.known,
    longestRun: hours.longestRun,
    hoursNeeded,
    since: hours.known > 0 ? momentOf(hours.first) : null,
    inputs: hours.inputs,
    ...forecast,
  }
  const [row] = await worker((sql) => sql`select app.record_rate_forecast(${sql.json(said)}) as id`)
  return typeof row?.id === 'string'
}

function inDatabaseTerms(foretold: ReturnType<typeof foretellHours>) {
  if (foretold.missingBecause !== null) return foretold
  const backtest = foretold.backtest.map(({ from, to, ...judged }) => ({
    ...judged,
    from: momentOf(from),
    to: momentOf(to),
  }))
  return { ...foretold, backtest }
}

const momentOf = (hour: number) => new Date(hour * 3_600_000).toISOString()

import { z } from 'zod'
import { as } from '#lib/db/as.ts'
import { log } from '#lib/log.ts'
import { rateAssetCodes, rateCurrencyCodes } from '#lib/rates/pairs.ts'
import { recordFailure } from '#lib/rates/record-failure.ts'
import { type Point, readCoingeckoHistory } from '#lib/rates/sources/coingecko.ts'
import { SourceFailed } from '#lib/rates/sources/source.ts'

const worker = as({ role: 'worker' })
const source = 'coingecko'

/** A job of ours takes no longer than two minutes; what is left then is a job of its own. */
const patienceMs = 60_000

const Gap = z.object({
  asset: z.enum(rateAssetCodes),
  currency: z.enum(rateCurrencyCodes),
  step: z.string(),
  first: z.date(),
  after: z.date(),
})
type Gap = z.infer<typeof Gap>

/**
 * Fills what is missing of the past from CoinGecko's history, as far as that goes: the last day first. Runs every hour, and with
 * the first price after a gap. Where CoinGecko wants to be left alone it goes on afterwards. Resolves to how many prices it found.
 */
export async function backfillRates(): Promise<number> {
  const until = Date.now() + patienceMs
  const gaps = Gap.array().parse(await worker((sql) => sql`select * from app.rate_gaps()`))
  let found = 0
  let later = gaps.length === 0 ? undefined : await restsUntil()
  for (const gap of gaps) {
    if (later !== undefined) break
    try {
      found += await fill(gap)
      if (Date.now() > until) later = new Date()
    } catch (error) {
      if (!(error instanceof SourceFailed)) throw error
      await recordFailure(source, error.message, error.retryAt)
      // Away, it has the next hour. What it refuses it will refuse again, and the others are asked for all the same.
      if (error.passing) break
      later = error.retryAt
      if (later === undefined) await finish(gap)
    }
  }
  if (later !== undefined) await worker((sql) => sql`select app.request_rate_backfill(${later})`)
  if (found > 0) log.info('missing prices were filled in', { found })
  return found
}

async function restsUntil(): Promise<Date | undefined> {
  const [row] = await worker(
    (sql) => sql`select s.retry_at from public.rate_sources s where s.name = ${source} and s.retry_at > now()`,
  )
  return row?.retry_at
}

async function fill(gap: Gap): Promise<number> {
  const { asset, currency, step, first, after } = gap
  // By five minutes it tells only of a day that ends now.
  const to = step === '00:10:00' ? new Date() : after
  const found = await record(gap, await readCoingeckoHistory({ base: asset, quote: currency }, first, to))
  await finish(gap)
  return found
}

async function record({ asset, currency }: Gap, points: Point[]): Promise<number> {
  const told = points.map(({ at, price }) => ({ at: at.toISOString(), price }))
  const [row] = await worker(
    (sql) => sql`select app.record_rate_history(${source}, ${asset}, ${currency}, ${sql.json(told)}) as found`,
  )
  return row?.found ?? 0
}

async function finish({ asset, currency, step }: Gap): Promise<void> {
  await worker((sql) => sql`select app.finish_rate_gap(${asset}, ${currency}, ${step}::interval)`)
}

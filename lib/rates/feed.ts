import { as } from '#lib/db/as.ts'
import { env } from '#lib/env.ts'
import { log } from '#lib/log.ts'
import { rateAssetCodes, rateCurrencyCodes } from '#lib/rates/pairs.ts'
import { recordFailure } from '#lib/rates/record-failure.ts'
import { coinbaseAt } from '#lib/rates/sources/coinbase.ts'
import { coingecko } from '#lib/rates/sources/coingecko.ts'
import { type Reading, type Refused, type Source, SourceFailed } from '#lib/rates/sources/source.ts'

const worker = as({ role: 'worker' })

const pairCount = rateAssetCodes.length * rateCurrencyCodes.length

/** Who is asked for prices, as configured. */
function sources(): Source[] {
  const { COINBASE_API_URL: coinbase } = env()
  return [coingecko, ...(coinbase === undefined ? [] : [coinbaseAt(coinbase)])]
}

/**
 * Asks every source what the assets cost and has the database judge it: it holds what cannot be, and makes prices of the rest.
 * Runs every five minutes, so that each ten minutes have two chances; where they have all their prices nobody is asked. After a
 * gap it has the past filled in too. What a source did wrong is recorded and logged, never thrown. Resolves to how many prices it made.
 */
export async function readRates(): Promise<number> {
  const { complete, resting, follows } = await standing()
  if (complete) return 0
  const answers = await Promise.all(
    sources()
      .filter(({ name }) => !resting.includes(name))
      .map(answerOf),
  )
  const ticks = await record(answers.flatMap(({ readings }) => readings))
  for (const { source, failure, retryAt } of answers)
    if (failure !== undefined) await recordFailure(source, failure, retryAt)
  if (ticks > 0 && !follows) await worker((sql) => sql`select app.request_rate_backfill(now())`)
  return ticks
}

type Standing = { complete: boolean; resting: string[]; follows: boolean }

/** Whether these ten minutes have all their prices, who asked to be left alone, and whether the ten minutes before have any. */
async function standing(): Promise<Standing> {
  const [row] = await worker(
    (sql) => sql`
      select
        (select count(*) from public.rate_ticks t
          where t.at = date_bin('10 minutes', now(), timestamptz 'epoch') and t.origin = 'feed') >= ${pairCount} as complete,
        array(select s.name from public.rate_sources s where s.retry_at > now()) as resting,
        exists (select from public.rate_ticks t where t.at = date_bin('10 minutes', now() - interval '10 minutes', timestamptz 'epoch')) as follows`,
  )
  const { complete, resting, follows } = row ?? {}
  return { complete, resting, follows }
}

type SourceAnswer = { source: string; readings: Reading[]; failure?: string; retryAt?: Date | undefined }

async function answerOf({ name, read }: Source): Promise<SourceAnswer> {
  try {
    const { readings, refused } = await read()
    return { source: name, readings, ...(refused.length > 0 ? { failure: sentenceOf(refused) } : {}) }
  } catch (error) {
    if (!(error instanceof SourceFailed)) throw error
    return { source: name, readings: [], failure: error.message, retryAt: error.retryAt }
  }
}

function sentenceOf(refused: Refused[]): string {
  return `No price from it: ${refused.map(({ asset, currency, why }) => `${asset} in ${currency}, ${why}`).join('; ')}`
}

async function record(readings: Reading[]): Promise<number> {
  if (readings.length === 0) return 0
  const said = readings.map(({ observedAt, ...reading }) => ({ ...reading, observedAt: observedAt.toISOString() }))
  const [row] = await worker((sql) => sql`select app.record_rates(${sql.json(said)}) as run`)
  const { ticks, held } = row?.run ?? {}
  log.info('prices were read', { readings: readings.length, ticks, held: held.length })
  for (const one of held) log.warn('a price is held', one)
  return ticks
}

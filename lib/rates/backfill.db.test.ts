import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { log } from '#lib/log.ts'
import { backfillRates } from '#lib/rates/backfill.ts'
import { readRates } from '#lib/rates/feed.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { startPriceFront } from '#supabase/tests/support/price-front.ts'
import { feedSays, forgetRates } from '#supabase/tests/support/rates.ts'

// What is missing of the past, from the history of CoinGecko's stand-in.

const { adminSql } = await testDatabase()
const front = await startPriceFront()
Object.assign(process.env, { COINGECKO_API_URL: `${front.url}/api/v3` })
afterAll(() => front.stop())

// A year of all pairs takes seconds; two tell the same.
beforeAll(() => forget(`delete from public.rate_policies where currency <> 'EUR' or asset not in ('BTC', 'MUSD')`))
beforeEach(async () => {
  for (const level of ['info', 'warn'] as const) vi.spyOn(log, level).mockImplementation(() => {})
  await front.reset()
  await forgetRates(adminSql)
  for (const table of ['public.rate_sources', 'private.rate_backfills', 'graphile_worker._private_jobs'])
    await adminSql.unsafe(`delete from ${table}`)
})

const tenMinutes = 600_000
const hour = 6 * tenMinutes
const now = () => Math.floor(Date.now() / tenMinutes) * tenMinutes

const missing = async () => {
  const rows =
    await adminSql`select g.step::text as step, sum(g.missing)::int as missing from private.rate_gaps() g group by g.step order by g.step`
  return rows.map(({ step, missing }) => [step, missing])
}
const ticksOf = (asset: string, currency: string) =>
  adminSql`select at, price::text, origin from public.rate_ticks where asset = ${asset} and currency = ${currency} order by at`
const forget = (statement: string) =>
  adminSql.begin((sql) => [sql`set local session_replication_role = replica`, sql.unsafe(statement)])
const askedAgain = () => adminSql`update private.rate_backfills set asked_at = now() - interval '1 day'`
const jobs = () => adminSql`select run_at from graphile_worker.jobs where key = 'backfill_rates'`

/** Nothing is missing but what a test takes away. */
async function complete(): Promise<void> {
  await backfillRates()
  await askedAgain()
  front.asked.length = 0
}

describe('a year of which nothing is known', () => {
  test('is filled with three requests for each pair, and no quote stands on it', async () => {
    await backfillRates()
    expect(front.asked).toHaveLength(6)
    expect(await missing()).toEqual([])
    const ticks = await ticksOf('BTC', 'EUR')
    expect(ticks[0]?.at.getTime()).toBeLessThan(now() - 363 * 24 * hour)
    // 275 days, the hours of nearly ninety, and a day of ten minutes.
    expect(ticks.length).toBeGreaterThan(275 + 89 * 24 + 130)
    expect(new Set(ticks.map(({ origin }) => origin))).toEqual(new Set(['history']))
    expect(await backfillRates()).toBe(0)
    expect(front.asked).toHaveLength(6)
    await expect(adminSql`select private.fresh_tick('BTC', 'EUR')`).rejects.toMatchObject({ detail: 'rate_missing' })
  })
})

describe('a gap', () => {
  test('is filled with what the source says of it, and what is there stays', async () => {
    await complete()
    const before = await ticksOf('BTC', 'EUR')
    const hole = [now() - 5 * hour, now() - 2 * hour] as const
    await forget(`delete from public.rate_ticks where asset = 'BTC' and currency = 'EUR'
      and at >= to_timestamp(${hole[0] / 1000}) and at < to_timestamp(${hole[1] / 1000})`)
    expect(await missing()).toEqual([['00:10:00', 18]])
    expect(await backfillRates()).toBe(18)
    expect(front.asked).toHaveLength(1)
    expect(await ticksOf('BTC', 'EUR')).toEqual(before)
  })

  test('between prices that were read is filled around them', async () => {
    front.clock.now = now() - 3 * hour + 30_000
    await readRates()
    const read = await adminSql`select * from public.rate_ticks order by asset, currency`
    front.clock.now = Date.now()
    await complete()
    expect(await adminSql`select * from public.rate_ticks where origin = 'feed' order by asset, currency`).toEqual(read)
    expect(await missing()).toEqual([])
  })

  test('that the source has too stays, and is not asked for all the time', async () => {
    await complete()
    const [from, to] = [now() - 5 * hour, now() - 4 * hour]
    await forget(
      `delete from public.rate_ticks where asset = 'BTC' and at >= to_timestamp(${from / 1000}) and at < to_timestamp(${to / 1000})`,
    )
    await front.fault('prices', {
      source: 'coingecko',
      gap: { from: new Date(from).toISOString(), to: new Date(to).toISOString() },
    })
    expect(await backfillRates()).toBe(0)
    expect(front.asked).toHaveLength(1)
    await backfillRates()
    expect(front.asked).toHaveLength(1)
    expect(await missing()).toEqual([['00:10:00', 6]])
    await askedAgain()
    await backfillRates()
    expect(front.asked).toHaveLength(2)
  })

  test('is no place where something was held: history does not let it in', async () => {
    const at = new Date(now() - 2 * hour)
    await feedSays(
      { asset: 'BTC', currency: 'EUR', price: '1', at, source: 'coingecko' },
      { asset: 'BTC', currency: 'EUR', price: '9', at, source: 'other' },
    )
    await backfillRates()
    const held = await adminSql`select count(*)::int as count from public.rate_readings where held_because is not null`
    expect(held[0]?.count).toBe(2)
    expect((await ticksOf('BTC', 'EUR')).some((tick) => tick.at.getTime() === at.getTime())).toBe(false)
  })
})

describe('what the source tells', () => {
  const chart = (points: [number, string][]): void => {
    const prices = points.map(([at, price]) => `[${at},${price}]`).join(',')
    front.instead = () => new Response(`{"prices":[${prices}]}`)
  }

  test('and is no price is left out', async () => {
    const at = now() - 3 * hour
    chart([
      [at, '1.5'],
      [at + tenMinutes, 'null'],
      [at + 2 * tenMinutes, '0'],
      [at + 3 * tenMinutes, '"1.6"'],
      [at + 4 * tenMinutes, '-1'],
      [at + 5 * tenMinutes, '1.7'],
      [at - 400 * 24 * hour, '1.8'],
    ])
    await backfillRates()
    expect((await ticksOf('BTC', 'EUR')).map(({ price }) => price)).toEqual(['1.5', '1.7'])
  })

  test('and stands out from both of its neighbours is left out, and a move that lasts is not', async () => {
    const at = now() - 3 * hour
    chart(['100', '101', '900', '102', '60', '61'].map((price, place) => [at + place * tenMinutes, price]))
    await backfillRates()
    expect((await ticksOf('BTC', 'EUR')).map(({ price }) => price)).toEqual(['100', '101', '102', '60', '61'])
  })

  test('and is nothing it knows does not keep the others back', async () => {
    front.instead = (path) =>
      path.includes('/mezo-usd/') ? new Response('{"error":"coin not found"}', { status: 404 }) : undefined
    await backfillRates()
    expect(front.asked).toHaveLength(6)
    expect(await missing()).toHaveLength(3)
    expect(await ticksOf('MUSD', 'EUR')).toEqual([])
    expect((await ticksOf('BTC', 'EUR')).length).toBeGreaterThan(2000)
    await backfillRates()
    expect(front.asked).toHaveLength(6)
  })
})

describe('a source that says 429', () => {
  test('is left alone until then, and the rest is filled afterwards', async () => {
    let left = 2
    front.instead = () => (left-- > 0 ? undefined : new Response('', { status: 429, headers: { 'retry-after': '90' } }))
    await backfillRates()
    expect(front.asked).toHaveLength(3)
    const [job] = await jobs()
    expect((job?.run_at.getTime() - Date.now()) / 1000).toBeGreaterThan(80)

    await backfillRates()
    expect(await readRates()).toBe(0)
    expect(front.asked).toHaveLength(3)
    expect(await jobs()).toHaveLength(1)

    await adminSql`update public.rate_sources set retry_at = now()`
    front.instead = undefined
    await backfillRates()
    expect(front.asked).toHaveLength(3 + 4)
    expect(await missing()).toEqual([])
  })

  test('and one that is away has the next hour', async () => {
    front.instead = () => new Response('', { status: 503 })
    await backfillRates()
    expect(front.asked).toHaveLength(3)
    expect(await jobs()).toHaveLength(0)
    expect(await missing()).toHaveLength(3)
  })
})

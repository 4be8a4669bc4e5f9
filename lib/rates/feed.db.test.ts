import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { reviewAlerts } from '#lib/alerts/review-alerts.ts'
import { log } from '#lib/log.ts'
import { readRates } from '#lib/rates/feed.ts'
import { rateAssetCodes, rateAssets } from '#lib/rates/pairs.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { startPriceFront } from '#supabase/tests/support/price-front.ts'
import { forgetRates } from '#supabase/tests/support/rates.ts'

// The feed as it runs, against CoinGecko's stand-in alone.

const { adminSql } = await testDatabase()
const front = await startPriceFront()
Object.assign(process.env, { COINGECKO_API_URL: `${front.url}/api/v3`, COINGECKO_API_KEY: 'CG-tests' })
afterAll(() => front.stop())

beforeEach(async () => {
  for (const level of ['info', 'warn'] as const) vi.spyOn(log, level).mockImplementation(() => {})
  await front.reset()
  await forgetRates(adminSql)
  await adminSql`delete from public.rate_sources`
  await adminSql`delete from graphile_worker._private_jobs`
})

const minute = 60_000
const minutesAgo = (minutes: number): void => {
  front.clock.now = Date.now() - minutes * minute
}

const ticks = () =>
  adminSql`select asset, currency, price::text, observed_at, sources, origin from public.rate_ticks order by at, asset, currency`
const source = async () => (await adminSql`select * from public.rate_sources where name = 'coingecko'`)[0]
const freshness = async (asset: string, currency: string): Promise<string> => {
  const [row] = await adminSql`select private.fresh_tick(${asset}, ${currency}) is not null as fresh`.catch((error) => [
    error,
  ])
  return row.detail ?? 'fresh'
}
const openAlerts = async () => {
  await reviewAlerts()
  const rows =
    await adminSql`select kind, subject, detail from public.alerts where cleared_at is null and kind like 'rate%' order by subject`
  return rows.map(({ kind, subject, detail }) => [kind, subject, detail])
}

/** An answer of CoinGecko's with what a test puts in place of a price. */
const answers = (coin: Record<string, string>): void => {
  const updated = Math.floor(Date.now() / 1000)
  const well = rateAssetCodes.map((code) => {
    const own = code === 'BTC' ? coin : {}
    const fields = { usd: '1.5', eur: '1.25', inr: '99.5', last_updated_at: String(updated), ...own }
    const text = Object.entries(fields)
      .filter(([, value]) => value !== '')
      .map(([name, value]) => `"${name}":${value}`)
    return `"${rateAssets[code].coingecko}":{${text.join(',')}}`
  })
  front.instead = () => new Response(`{${well.join(',')}}`)
}

describe('a run', () => {
  test('makes a price of each pair, digit for digit, of the time that CoinGecko says', async () => {
    expect(await readRates()).toBe(15)
    const [path] = front.asked
    expect(front.asked).toHaveLength(1)
    const body = await (await fetch(front.url + path)).text()
    for (const { asset, currency, price, observed_at, sources, origin } of await ticks()) {
      const id = rateAssets[asset as keyof typeof rateAssets].coingecko
      const coin = new RegExp(`"${id}":{(.*?)}`).exec(body)?.[1] ?? ''
      expect(coin).toContain(`"${currency.toLowerCase()}":${price}`)
      expect(coin).toContain(`"last_updated_at":${observed_at.getTime() / 1000}`)
      expect([sources, origin]).toEqual([['coingecko'], 'feed'])
    }
    expect(await source()).toMatchObject({ last_failed_at: null, retry_at: null, last_read_at: expect.any(Date) })
  })

  test('keeps more digits than a double has', async () => {
    answers({ usd: '97012.123456789012345678', eur: '1.1e-05', inr: '0.10' })
    await readRates()
    const rows = await adminSql`select price::text from public.rate_ticks where asset = 'BTC' order by currency`
    expect(rows.map(({ price }) => price)).toEqual(['0.000011', '0.1', '97012.123456789012345678'])
  })

  test('asks nobody once these ten minutes have their prices, and eight at once make each once', async () => {
    const made = await Promise.all(Array.from({ length: 8 }, () => readRates()))
    expect(made.reduce((sum, one) => sum + one, 0)).toBe(15)
    const asked = front.asked.length
    expect(await readRates()).toBe(0)
    expect(front.asked).toHaveLength(asked)
    expect(await ticks()).toHaveLength(15)
  })

  test('after a gap, as at the very first, has the past filled in, and not otherwise', async () => {
    const jobs = () => adminSql`delete from graphile_worker._private_jobs where key = 'backfill_rates' returning id`
    await front.fault('faults', { status: 401, times: 1 })
    await readRates()
    expect(await jobs()).toHaveLength(0)
    minutesAgo(10)
    await readRates()
    expect(await jobs()).toHaveLength(1)
    minutesAgo(0)
    expect(await readRates()).toBe(15)
    expect(await jobs()).toHaveLength(0)
  })
})

describe('a source that stands still', () => {
  test('makes no new price; quotes stop, an operator hears of it, and both end by themselves', async () => {
    minutesAgo(14)
    expect(await readRates()).toBe(15)
    expect(await freshness('BTC', 'EUR')).toBe('fresh')
    expect(await openAlerts()).toEqual([])

    await forgetRates(adminSql)
    minutesAgo(17)
    expect(await readRates()).toBe(15)
    for (let time = 0; time < 5; time += 1) expect(await readRates()).toBe(0)
    expect(await freshness('BTC', 'EUR')).toBe('rate_stale')
    expect(await openAlerts()).toEqual(
      ['BDX', 'BTC', 'ETH', 'MUSD', 'USDC'].map((asset) => [
        'rates_stale',
        asset,
        'In EUR, INR, USD: nothing is quoted until a source answers again.',
      ]),
    )

    minutesAgo(0)
    expect(await readRates()).toBe(15)
    expect(await freshness('BTC', 'EUR')).toBe('fresh')
    expect(await openAlerts()).toEqual([])
  })

  test('where nothing was ever read there is no price at all', async () => {
    expect(await freshness('BTC', 'EUR')).toBe('rate_missing')
    expect(await openAlerts()).toEqual([])
    await front.fault('faults', { status: 401, times: 3 })
    await readRates()
    expect(await openAlerts()).toHaveLength(5)
  })
})

describe('429', () => {
  test('is respected by every run until its time, and the prices come after it', async () => {
    await front.fault('faults', { status: 429, times: 1 })
    const from = Date.now()
    expect(await readRates()).toBe(0)
    const { retry_at: retryAt, last_failure: failure } = (await source()) ?? {}
    expect(failure).toBe('It answers 429: too many requests')
    expect(Math.round((retryAt.getTime() - from) / 1000)).toBeGreaterThanOrEqual(60)

    const asked = front.asked.length
    for (let time = 0; time < 10; time += 1) expect(await readRates()).toBe(0)
    expect(front.asked).toHaveLength(asked)

    await adminSql`update public.rate_sources set retry_at = now()`
    expect(await readRates()).toBe(15)
    expect(await source()).toMatchObject({ retry_at: null })
  })
})

describe('what is no price', () => {
  test.each([
    ['a text', '"97012.5"', 'it is not a price'],
    ['null', 'null', 'it is not a price'],
    ['nothing', '', 'it is missing'],
    ['zero', '0', 'it is not a price'],
    ['less than nothing', '-5', 'it is not a price'],
    ['far too much', '1e15', 'it is not a price'],
    ['an object', '{"usd":1}', 'it is not a price'],
  ])('%s is refused and told, and the others are taken', async (_name, value, why) => {
    answers({ usd: value })
    expect(await readRates()).toBe(14)
    expect(await ticks()).not.toContainEqual(expect.objectContaining({ asset: 'BTC', currency: 'USD' }))
    expect((await source())?.last_failure).toBe(`No price from it: BTC in USD, ${why}`)
    expect(log.warn).toHaveBeenCalledWith('a source of prices failed', expect.objectContaining({ source: 'coingecko' }))
  })

  test.each([
    ['of no time', '', 'it is of no known time'],
    ['of a time that is none', '"today"', 'it is of no known time'],
    ['of the year 1970', '5', 'it is of no known time'],
    ['of tomorrow', String(Math.floor(Date.now() / 1000) + 86_400), 'it is of the future'],
  ])('a coin %s', async (_name, updated, why) => {
    answers({ last_updated_at: updated })
    expect(await readRates()).toBe(12)
    expect((await source())?.last_failure).toContain(`BTC in EUR, ${why}`)
  })

  test.each(['html', 'broken', 'null', 'text', 'zero', 'negative', 'missing'])(
    'an answer that is %s is none',
    async (garbage) => {
      await front.fault('prices', { source: 'coingecko', garbage })
      expect(await readRates()).toBe(0)
      expect(await ticks()).toEqual([])
      expect((await source())?.last_failure).toMatch(/^(No price from it|It answers with something else than prices)/)
      expect(await freshness('BTC', 'EUR')).toBe('rate_missing')
    },
  )

  test('a failure that passes is asked again within the run', async () => {
    await front.fault('faults', { status: 500, times: 2 })
    expect(await readRates()).toBe(15)
    expect(front.asked).toHaveLength(3)
  })
})

describe('a spike', () => {
  test('is held and told, and quotes stand on the price before', async () => {
    minutesAgo(12)
    expect(await readRates()).toBe(15)
    const [price] = await adminSql`select price::text from public.rate_ticks where asset = 'BTC' and currency = 'EUR'`

    minutesAgo(0)
    await front.fault('prices', { source: 'coingecko', spike: { coin: 'bitcoin', factor: 5 }, times: 1 })
    expect(await readRates()).toBe(12)
    const [fresh] = await adminSql`select (private.fresh_tick('BTC', 'EUR')).price::text as price`
    expect(fresh?.price).toBe(price?.price)
    expect(await openAlerts()).toEqual([
      [
        'rate_held',
        'coingecko/BTC',
        expect.stringMatching(/^coingecko says [\d.]+ EUR, [\d.]+ INR, [\d.]+ USD, far from the price before\.$/),
      ],
    ])
    expect(log.warn).toHaveBeenCalledWith('a price is held', expect.objectContaining({ asset: 'BTC', because: 'jump' }))
  })
  test('is over with the next price that is believed', async () => {
    minutesAgo(24)
    await readRates()
    minutesAgo(12)
    await front.fault('prices', { source: 'coingecko', spike: { coin: 'bitcoin', factor: 5 }, times: 1 })
    await readRates()
    expect((await openAlerts()).map(([kind, subject]) => [kind, subject])).toEqual([
      ['rates_stale', 'BTC'],
      ['rate_held', 'coingecko/BTC'],
    ])
    minutesAgo(0)
    expect(await readRates()).toBe(15)
    expect(await openAlerts()).toEqual([])
    const [bitcoin] = await adminSql`select count(*)::int as count from public.rate_ticks where asset = 'BTC'`
    expect(bitcoin?.count).toBe(6)
  })
})

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { GET as assets } from '#app/api/v1/rates/assets/route.ts'
import { GET as current } from '#app/api/v1/rates/current/route.ts'
import { GET as history } from '#app/api/v1/rates/history/route.ts'
import { GET as stats } from '#app/api/v1/rates/stats/route.ts'
import { callRates } from '#lib/rates/read.ts'
import { CurrentRate, RateAssets, RateHistory, RateStats } from '#lib/rates/schema.ts'
import { startMail } from '#sandbox/mail/start.ts'
import { startSupabase } from '#sandbox/supabase/start.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { tick } from '#supabase/tests/support/rates.ts'

// Each test has a pair of its own, and all of them go the way of the edge: over the REST API with the publishable key.

const { adminSql, adminUrl } = await testDatabase()
const dir = await mkdtemp(join(tmpdir(), 'causeway-rates-'))
const mail = await startMail({ dir: join(dir, 'mail'), port: 0 })
const supabase = await startSupabase({ dir, port: 0, adminUrl, siteUrl: 'http://causeway.test', mail })
process.env.SUPABASE_URL = supabase.url
process.env.SUPABASE_PUBLISHABLE_KEY = supabase.publishableKey

afterAll(async () => {
  await supabase.stop()
  await mail.stop()
  await rm(dir, { recursive: true })
})

const minute = 60_000
const hour = 60 * minute
const now = Date.now()
const ago = (milliseconds: number) => new Date(now - milliseconds)

type Written = Parameters<typeof tick>[1]

async function write(pair: Pick<Written, 'asset' | 'currency'>, ...ticks: Omit<Written, 'asset' | 'currency'>[]) {
  for (const one of ticks) {
    await tick(adminSql, { ...pair, ...one })
    const { at = new Date() } = one
    await adminSql`select private.roll_up_rates(${pair.asset}, ${pair.currency}, ${at}, ${at})`
  }
}

async function ask(route: typeof current, query: Record<string, string> = {}) {
  const url = `http://causeway.test/api/v1/rates/${[assets, current, history, stats].indexOf(route)}?${new URLSearchParams(query)}`
  const response = await route(new Request(url))
  return { status: response.status, cache: response.headers.get('cache-control'), body: await response.json() }
}

describe('the current price', () => {
  test('is the newest, with the moment until which it is fresh; nobody keeps it longer', async () => {
    const pair = { asset: 'BTC', currency: 'USD' } as const
    await write(pair, { price: '97012.10', at: ago(14.5 * minute) }, { price: '96000', at: ago(25 * minute) })
    const { body, cache } = await ask(current, { base: 'BTC', quote: 'USD' })
    expect(CurrentRate.parse(body)).toEqual({
      base: 'BTC',
      quote: 'USD',
      price: '97012.1',
      at: ago(14.5 * minute).toISOString(),
      freshUntil: ago(-0.5 * minute).toISOString(),
      stale: false,
      spreadBasisPoints: 0,
      sources: ['tests'],
    })
    const [age = 0, , grace = 0] = cache?.match(/\d+/g)?.map(Number) ?? []
    expect(age).toBeGreaterThan(0)
    expect(age + grace).toBeLessThanOrEqual(30)
  })

  test('is marked once it is older than a quote may stand on, and asked about again soon', async () => {
    await write({ asset: 'BTC', currency: 'EUR' }, { price: '90000', at: ago(15 * minute) })
    const { status, body, cache } = await ask(current, { base: 'BTC', quote: 'EUR' })
    expect([status, body.stale, body.price]).toEqual([200, true, '90000'])
    expect(cache).toMatch(/^public, max-age=5,/)
  })

  test('is what a quote would stand on, though a later one was filled in', async () => {
    const pair = { asset: 'BTC', currency: 'INR' } as const
    const filled = { price: '8000001', at: ago(23 * minute), origin: 'history' }
    await write(pair, filled)
    expect((await ask(current, { base: 'BTC', quote: 'INR' })).body).toMatchObject({ price: '8000001', stale: true })
    await write(pair, { price: '8000002', at: ago(12 * minute) }, { ...filled, price: '8000003', at: ago(1) })
    const rates = await callRates('current_rate', { p_base: 'BTC', p_quote: 'INR' }, CurrentRate)
    expect(rates).toMatchObject({ price: '8000002', stale: false })
  })
})

test('where nothing was read there is nothing: no zeros', async () => {
  for (const route of [current, history, stats]) {
    const { status, body, cache } = await ask(route, { base: 'ETH', quote: 'USD' })
    expect([status, body.code, cache]).toEqual([404, 'rate_missing', 'no-store'])
  }
})

describe('the history', () => {
  const pair = { asset: 'BDX', currency: 'USD' } as const
  const query = { base: 'BDX', quote: 'USD' }
  const at = (text: string) => new Date(`2026-10-${text}:00Z`)

  test('has the last price of each interval, to its last digit, and leaves gaps', async () => {
    await write(
      pair,
      { price: '0.0712', at: at('30T23:41') },
      { price: '0.070000000000000000000001', at: at('30T23:59') },
      { price: '0.0731', at: at('31T00:00') },
      { price: '0.0733', at: at('31T02:25') },
      { price: '0.0740', at: new Date('2026-11-01T00:05:00Z') },
    )
    const points = async (interval: string, from: string, to: string) => {
      const { body } = await ask(history, { ...query, interval, from, to })
      return RateHistory.parse(body).points.map((point) => `${point.at.slice(5, 16)} ${point.price}`)
    }
    expect(await points('10m', '2026-10-30T23:45:00Z', '2026-10-31T02:21:00Z')).toEqual([
      '10-30T23:40 0.0712',
      '10-30T23:50 0.070000000000000000000001',
      '10-31T00:00 0.0731',
      '10-31T02:20 0.0733',
    ])
    expect(await points('1h', '2026-10-31T01:00:00+02:00', '2026-10-31T02:00:00Z')).toEqual([
      '10-30T23:00 0.070000000000000000000001',
      '10-31T00:00 0.0731',
    ])
    expect(await points('1d', '2026-10-30T12:00:00Z', '2026-11-01T00:00:00.001Z')).toEqual([
      '10-30T00:00 0.070000000000000000000001',
      '10-31T00:00 0.0733',
      '11-01T00:00 0.074',
    ])
  })

  test('ends with the interval that is now, when nobody says where', async () => {
    await write(pair, { price: '0.0777', at: ago(minute) })
    for (const interval of ['10m', '1h', '1d']) {
      const { body } = await ask(history, { ...query, interval })
      const { points, from, to } = RateHistory.parse(body)
      expect(points.at(-1)?.price, interval).toBe('0.0777')
      expect(Date.parse(to)).toBeGreaterThanOrEqual(now)
      expect(Date.parse(to) - Date.parse(from)).toBe(
        { '10m': 24 * hour, '1h': 720 * hour, '1d': 8760 * hour }[interval],
      )
    }
  })

  test.each([
    [{ interval: '5m' }, "'interval' is one of 10m, 1h, 1d."],
    [{ from: 'yesterday' }, "'from' is a time, such as 2026-01-31T10:00:00Z."],
    [{ from: '2026-11-02T00:00:00Z', to: '2026-11-01T00:00:00Z' }, "'to' has to be later than 'from'."],
    [{ interval: '10m', from: '2026-01-01T00:00:00Z', to: '2026-03-04T12:10:00Z' }, /at most 9000 points/],
    [{ base: 'DOGE' }, "'base' is one of BTC, ETH, MUSD, USDC, BDX."],
    [{ days: '7' }, "There is no field 'days' here."],
  ])('refuses %o and says why', async (wrong: Record<string, string>, detail) => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const { status, body } = await ask(history, { ...query, ...wrong })
    expect(status).toBe(422)
    expect(body.detail).toMatch(detail)
  })

  test('has 9000 points at most, and that many', async () => {
    const { status } = await ask(history, {
      ...query,
      interval: '10m',
      from: '2026-09-01T00:00:00Z',
      to: '2026-11-02T12:00:00Z',
    })
    expect(status).toBe(200)
  })

  test('is bounded for whoever calls the function itself, too', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const call = (from: string, interval: string) =>
      callRates(
        'rate_history',
        { p_base: 'BDX', p_quote: 'USD', p_from: from, p_to: null, p_interval: interval },
        z.unknown(),
      )
    for (const [from, interval] of [
      ['-infinity', '1d'],
      ['1900-01-01', '1d'],
      ['2026-11-01', '1s'],
    ] as const) {
      await expect(call(from, interval)).rejects.toMatchObject({ status: 422, code: 'invalid_field' })
    }
  })
})

test('the statistics are those of exactly the time that was asked for', async () => {
  await write(
    { asset: 'MUSD', currency: 'EUR' },
    { price: '0.5', at: ago(31 * 24 * hour) },
    { price: '0.90', at: ago(6 * 24 * hour) },
    { price: '0.91', at: ago(25 * hour) },
    { price: '0.92', at: ago(23 * hour) },
    { price: '0.96', at: ago(2 * hour) },
  )
  const statsOf = async (period: string) =>
    RateStats.parse((await ask(stats, { base: 'MUSD', quote: 'EUR', period })).body)
  expect(await statsOf('24h')).toMatchObject({
    open: '0.92',
    high: '0.96',
    low: '0.92',
    close: '0.96',
    mean: '0.94',
    stddev: '0.02',
    changePercent: '4.347826',
    volatilityPercent: '2.12766',
    count: 2,
    coverage: '0.014',
  })
  expect(await statsOf('7d')).toMatchObject({ open: '0.9', low: '0.9', count: 4, mean: '0.9225' })
  const month = await statsOf('30d')
  expect(month).toMatchObject({ open: '0.9', count: 4 })
  expect(Date.parse(month.to) - Date.parse(month.from)).toBe(30 * 24 * hour)
})

test('every pair is listed, with its markup, and without a price where there is none', async () => {
  const { body } = await ask(assets)
  const { pairs } = RateAssets.parse(body)
  expect(pairs.map(({ base, quote }) => base + quote)).toHaveLength(15)
  expect(new Set(pairs.map(({ base, quote }) => base + quote)).size).toBe(15)
  expect(pairs.find(({ base, quote }) => base === 'ETH' && quote === 'INR')).toEqual({
    base: 'ETH',
    quote: 'INR',
    markup: { absolute: '0.1', basisPoints: 0 },
    historyFrom: null,
    current: null,
  })
  expect(pairs[0]).toMatchObject({ base: 'BTC', quote: 'USD', current: { price: '97012.1' } })
})

test('the newest price is found without reading what was stored before it', async () => {
  await adminSql`
    insert into public.rate_ticks (asset, currency, at, price, spread_basis_points, sources, observed_at, origin)
    select 'ETH', 'EUR', t.at, 3000, 0, '{tests}', t.at, 'history'
    from generate_series(date_bin('10 minutes', now(), timestamptz 'epoch') - interval '200 days', now() - interval '1 hour', '10 minutes') t (at)`
  await write({ asset: 'ETH', currency: 'EUR' }, { price: '3001', at: ago(minute) })
  await adminSql`analyze public.rate_ticks`
  const blocks = await adminSql.begin(async (sql) => {
    const look = () => sql`explain (analyze, buffers, format json) select private.newest_rate('ETH', 'EUR')`
    await look()
    const [row] = await look()
    const plan = row?.['QUERY PLAN'][0].Plan
    return plan['Shared Hit Blocks'] + plan['Shared Read Blocks']
  })
  expect(blocks).toBeLessThan(30)
})

test('what the database refuses is refused in its words', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
  const quote = (base: string) => callRates('rate_quote', { p_base: base, p_quote: 'EUR', p_amount: '1' }, z.unknown())
  await expect(quote('USDC')).rejects.toMatchObject({ status: 404, code: 'rate_missing' })
  await expect(quote('BTC')).rejects.toMatchObject({ status: 503, code: 'rate_stale', retryAfterSeconds: 60 })
})

test('when nothing answers, that is said', async () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => {})
  await supabase.stop()
  const { status, body } = await ask(current, { base: 'USDC', quote: 'INR' })
  expect([status, body.code]).toEqual([503, 'rates_unavailable'])
  expect(said).toHaveBeenCalledOnce()
})

import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { log } from '#lib/log.ts'
import { readRates } from '#lib/rates/feed.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { startPriceFront } from '#supabase/tests/support/price-front.ts'
import { forgetRates } from '#supabase/tests/support/rates.ts'

// CoinGecko and Coinbase side by side. Coinbase trades three of the five.

const { adminSql } = await testDatabase()
const front = await startPriceFront()
Object.assign(process.env, { COINGECKO_API_URL: `${front.url}/api/v3`, COINBASE_API_URL: front.url })
afterAll(() => front.stop())

beforeEach(async () => {
  for (const level of ['info', 'warn'] as const) vi.spyOn(log, level).mockImplementation(() => {})
  await front.reset()
  await forgetRates(adminSql)
  await adminSql`delete from public.rate_sources`
  // The last price of everything, twelve minutes ago.
  front.clock.now = Date.now() - 12 * 60_000
  await front.fault('faults', { status: 401, path: 'GET /v2', times: 3 })
  await readRates()
  await front.reset()
})

const of = async (asset: string) =>
  await adminSql`select price::text, spread_basis_points, sources from public.rate_ticks
    where asset = ${asset} and currency = 'USD' order by at desc limit 1`
const sources = () =>
  adminSql`select name, last_failure, retry_at is not null as rests from public.rate_sources order by name`
const held = () =>
  adminSql`select distinct source, asset, held_because from public.rate_readings where held_because is not null`

describe('two sources', () => {
  test('the price lies between them, with how far they are apart; what only one trades is its own', async () => {
    expect(await readRates()).toBe(15)
    const said =
      await adminSql`select price::text from public.rate_readings where asset = 'BTC' and currency = 'USD' order by at desc limit 2`
    const [low, high] = said.map(({ price }) => Number(price)).toSorted((left, right) => left - right)
    const [bitcoin] = await of('BTC')
    expect(bitcoin?.sources).toEqual(['coinbase', 'coingecko'])
    expect(Number(bitcoin?.price)).toBeGreaterThanOrEqual(low ?? 0)
    expect(Number(bitcoin?.price)).toBeLessThanOrEqual(high ?? 0)
    expect(await of('BDX')).toMatchObject([{ sources: ['coingecko'], spread_basis_points: 0 }])
    expect(await held()).toEqual([])
  })

  test.each(['coingecko', 'coinbase'])(
    'what %s alone says of a spike is held, and the other is the price',
    async (wrong) => {
      await front.fault('prices', { source: wrong, spike: { coin: 'bitcoin', factor: 3 } })
      expect(await readRates()).toBe(15)
      expect(await held()).toEqual([{ source: wrong, asset: 'BTC', held_because: 'disagreement' }])
      const right = wrong === 'coinbase' ? 'coingecko' : 'coinbase'
      expect(await of('BTC')).toMatchObject([{ sources: [right], spread_basis_points: 0 }])
    },
  )

  test('what both say is believed, however far it is from the price before', async () => {
    await front.fault('prices', { spike: { coin: 'bitcoin', factor: 0.4 } })
    expect(await readRates()).toBe(15)
    expect(await held()).toEqual([])
    expect((await of('BTC'))[0]?.sources).toEqual(['coinbase', 'coingecko'])
  })

  test('one that is away or wants to rest takes nothing from the other', async () => {
    await front.fault('faults', { status: 429, path: 'GET /api/v3', times: 3 })
    expect(await readRates()).toBe(9)
    expect(await sources()).toMatchObject([
      { name: 'coinbase', rests: false },
      { name: 'coingecko', rests: true, last_failure: 'It answers 429: too many requests' },
    ])
    front.asked.length = 0
    await readRates()
    expect(front.asked.filter((path) => path.startsWith('/api/v3'))).toEqual([])
    expect(front.asked).toHaveLength(3)
  })

  test('what Coinbase says in another form is no price of its', async () => {
    const body = '{"data":{"currency":"BTC","rates":{"USD":97000.5,"EUR":"1e400","INR":"-3"}}}'
    front.instead = (path) => (path.endsWith('currency=BTC') ? new Response(body) : undefined)
    expect(await readRates()).toBe(15)
    expect((await of('BTC'))[0]?.sources).toEqual(['coingecko'])
    expect((await of('ETH'))[0]?.sources).toEqual(['coinbase', 'coingecko'])
    expect((await sources())[0]?.last_failure).toBe(
      'No price from it: BTC in USD, it is not a price; BTC in EUR, it is not a price; BTC in INR, it is not a price',
    )
  })
})

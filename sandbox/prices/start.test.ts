import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { coinbasePriceAt } from '#sandbox/prices/coinbase.ts'
import { tickAt } from '#sandbox/prices/coins.ts'
import { type PricesStandIn, startPrices } from '#sandbox/prices/start.ts'

let prices: PricesStandIn

beforeAll(async () => {
  prices = await startPrices({ port: 0 })
})
afterAll(() => prices.stop())

const get = async (path: string) => {
  const response = await fetch(`${prices.url}/api/v3${path}`)
  return { status: response.status, headers: response.headers, body: await response.json() }
}

describe('the price feed', () => {
  test('simple/price: what was asked for, as CoinGecko writes it', async () => {
    const { body } = await get(
      '/simple/price?ids=bitcoin,mezo-usd,nothing&vs_currencies=usd,eur,inr,xyz&include_last_updated_at=true&include_24hr_change=true',
    )
    expect(Object.keys(body)).toEqual(['bitcoin', 'mezo-usd'])
    expect(Object.keys(body.bitcoin)).toEqual([
      'usd',
      'usd_24h_change',
      'eur',
      'eur_24h_change',
      'inr',
      'inr_24h_change',
      'last_updated_at',
    ])
    expect(body['mezo-usd'].usd).toBeGreaterThan(0.99)
    expect(body['mezo-usd'].usd).toBeLessThan(1.01)
    expect(body.bitcoin.inr / body.bitcoin.usd).toBeGreaterThan(70)
    expect(Math.abs(Date.now() / 1000 - body.bitcoin.last_updated_at)).toBeLessThan(120)
  })

  test.each([
    ['a day', '1', 289],
    ['a month', '30', 721],
    ['a year', '365', 366],
  ])('market_chart of %s', async (_name, days, points) => {
    const { body } = await get(`/coins/ethereum/market_chart?vs_currency=usd&days=${days}`)
    expect(Math.abs(body.prices.length - points)).toBeLessThanOrEqual(1)
    expect(body.market_caps).toHaveLength(body.prices.length)
    expect(body.total_volumes).toHaveLength(body.prices.length)
    const moments = body.prices.map(([at]: [number]) => at)
    expect(moments).toEqual(moments.toSorted((left: number, right: number) => left - right))
  })

  test('market_chart/range keeps to its bounds', async () => {
    const to = Math.floor(Date.now() / 1000) - 7200
    const { body } = await get(`/coins/beldex/market_chart/range?vs_currency=inr&from=${to - 3600}&to=${to}`)
    const moments = body.prices.map(([at]: [number]) => at / 1000)
    expect(Math.min(...moments)).toBeGreaterThanOrEqual(to - 3600)
    expect(Math.max(...moments)).toBeLessThanOrEqual(to)
    expect(moments.length).toBeGreaterThanOrEqual(12)
  })

  test.each([
    ['/coins/nothing/market_chart?vs_currency=usd&days=1', 404],
    ['/coins/bitcoin/market_chart?vs_currency=xyz&days=1', 400],
    ['/coins/bitcoin/market_chart?days=1', 422],
    ['/coins/bitcoin/market_chart?vs_currency=usd&days=-1', 422],
    ['/coins/bitcoin/market_chart/range?vs_currency=usd&from=9&to=1', 422],
    ['/coins/bitcoin/market_chart/range?vs_currency=usd&from=1&to=9', 401],
    ['/simple/price?ids=bitcoin', 422],
  ])('%s is %i', async (path, status) => {
    expect((await get(path)).status).toBe(status)
  })

  test('faults: 429 with Retry-After, then well again', async () => {
    await fetch(`${prices.url}/sandbox/faults`, { method: 'POST', body: '{"status":429}' })
    const limited = await get('/ping')
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '60'])
    expect((await get('/ping')).status).toBe(200)
  })
})

const fault = (input: object) => fetch(`${prices.url}/sandbox/prices`, { method: 'POST', body: JSON.stringify(input) })

const coingecko = async () => {
  const response = await fetch(
    `${prices.url}/api/v3/simple/price?ids=bitcoin&vs_currencies=usd&include_last_updated_at=true&precision=full`,
  )
  const text = await response.text()
  return { text, price: /"usd":(-?[\d.]+)/.exec(text)?.[1], at: /"last_updated_at":(\d+)/.exec(text)?.[1] }
}
const coinbase = async (currency = 'BTC') => {
  const response = await fetch(`${prices.url}/v2/exchange-rates?currency=${currency}`)
  return { status: response.status, headers: response.headers, body: await response.json() }
}

describe('the second feed', () => {
  test.each(['BTC', 'ETH', 'USDC'])('says what one %s is in each currency, as text', async (currency) => {
    const { body } = await coinbase(currency)
    expect(body).toEqual({
      data: { currency, rates: { USD: expect.any(String), EUR: expect.any(String), INR: expect.any(String) } },
    })
  })

  test('is near the first, and not the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2030, 0, 1) }), (at) => {
        const apart = Math.abs(coinbasePriceAt('bitcoin', 'usd', at) / tickAt('bitcoin', 'usd', at).price - 1)
        expect(apart).toBeGreaterThan(0)
        expect(apart).toBeLessThan(0.005)
      }),
    )
  })

  test('does not know what Coinbase does not trade', async () => {
    const { status, body } = await coinbase('MUSD')
    expect([status, body.errors[0].id]).toEqual([400, 'invalid_request'])
  })

  test('is refused apart from the first', async () => {
    await fetch(`${prices.url}/sandbox/faults`, { method: 'POST', body: '{"status":429,"path":"GET /v2"}' })
    expect((await get('/ping')).status).toBe(200)
    const { status, headers } = await coinbase()
    expect([status, headers.get('retry-after')]).toEqual([429, '60'])
  })
})

describe('what may be wrong with a price', () => {
  afterEach(() => fetch(`${prices.url}/sandbox/prices`, { method: 'DELETE' }))

  test('stale: it stands still, and CoinGecko says since when', async () => {
    await fault({ stale: 20 })
    const { at } = await coingecko()
    expect(Date.now() / 1000 - Number(at)).toBeGreaterThanOrEqual(20 * 60)
    expect(await coingecko()).toEqual(await coingecko())
    const { body } = await get('/coins/bitcoin/market_chart?vs_currency=usd&days=1')
    expect(Date.now() - body.prices.at(-1)[0]).toBeGreaterThanOrEqual(15 * 60_000)
  })

  test('spike: of one source, one coin and one answer, where it is asked for', async () => {
    await fault({ source: 'coinbase', spike: { coin: 'bitcoin', factor: 3 }, times: 1 })
    const well = Number((await coingecko()).price)
    expect(Number((await coinbase('ETH')).body.data.rates.USD)).toBeLessThan(20_000)
    await fault({ source: 'coinbase', spike: { coin: 'bitcoin', factor: 3 }, times: 1 })
    expect(Number((await coinbase()).body.data.rates.USD) / well).toBeCloseTo(3, 1)
    expect(Number((await coinbase()).body.data.rates.USD) / well).toBeCloseTo(1, 1)
  })

  test('gap: its history has nothing there', async () => {
    const [from, to] = [Date.now() - 6 * 3_600_000, Date.now() - 3_600_000]
    await fault({ gap: { from: new Date(from).toISOString(), to: new Date(to).toISOString() } })
    const { body } = await get('/coins/bitcoin/market_chart?vs_currency=usd&days=1')
    const inside = body.prices.filter(([at]: [number]) => at >= from && at < to)
    expect([inside.length, body.prices.length > 200]).toEqual([0, true])
  })

  test.each([
    ['zero', '"usd":0', '0'],
    ['negative', '"usd":-', '-'],
    ['text', '"usd":"n/a"', 'n/a'],
    ['null', '"usd":null', 'null'],
    ['missing', '{}', '{}'],
  ])('garbage: %s', async (garbage, first, second) => {
    await fault({ garbage })
    expect((await coingecko()).text).toContain(first)
    expect(JSON.stringify((await coinbase()).body)).toContain(second)
  })

  test.each(['html', 'broken'])('garbage: an answer that is %s', async (garbage) => {
    await fault({ garbage, times: 1 })
    const { text } = await coingecko()
    expect(() => JSON.parse(text)).toThrow()
    expect((await coingecko()).price).toBeDefined()
  })

  test('a key that is none is refused', async () => {
    const answer = await fetch(`${prices.url}/api/v3/ping`, { headers: { 'x-cg-demo-api-key': 'wrong' } })
    expect(answer.status).toBe(401)
  })

  test('a fault that does not exist is refused', async () => {
    expect((await fault({ spikes: true })).status).toBe(400)
    expect((await fault({ spike: { coin: 'nothing', factor: 2 } })).status).toBe(400)
  })
})

describe('tickAt', () => {
  test('the same moment has the same price, for ever', () => {
    expect(tickAt('bitcoin', 'usd', Date.UTC(2026, 10, 21, 12)).price).toMatchInlineSnapshot(`88400.89`)
  })

  test('moves a little from minute to minute, and stays in reason', () => {
    const moment = fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2030, 0, 1) })
    fc.assert(
      fc.property(moment, fc.constantFrom('bitcoin', 'ethereum', 'beldex'), (at, coin) => {
        const now = tickAt(coin, 'usd', at).price
        expect(Math.abs(tickAt(coin, 'usd', at + 60_000).price / now - 1)).toBeLessThan(0.01)
        const middle = { bitcoin: 96_000, ethereum: 3400, beldex: 0.081 }[coin]
        expect(now).toBeGreaterThan(middle / 4)
        expect(now).toBeLessThan(middle * 4)
      }),
    )
    fc.assert(
      fc.property(moment, (at) => {
        expect(Math.abs(tickAt('usd-coin', 'usd', at).price - 1)).toBeLessThan(0.003)
        expect(Math.abs(tickAt('mezo-usd', 'usd', at).price - 1)).toBeLessThan(0.012)
      }),
    )
  })
})

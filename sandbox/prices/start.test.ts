import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

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

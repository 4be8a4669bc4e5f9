import { type Context, Hono } from 'hono'

import { createFaults } from '#sandbox/http/faults.ts'
import { type NodeEnvironment, serve } from '#sandbox/http/serve.ts'
import { chartOf } from '#sandbox/prices/chart.ts'
import { isCoin, isCurrency, minuteOf, tickAt } from '#sandbox/prices/coins.ts'

export type PricesStandIn = { url: string; stop: () => Promise<void> }

const day = 86_400_000
const year = 366 * day

/** Starts a price feed in CoinGecko's wire format, under `<url>/api/v3`. Its history goes back a year, as the free one's does. */
export async function startPrices({
  port,
  now = Date.now,
}: {
  port: number
  now?: () => number
}): Promise<PricesStandIn> {
  const faults = createFaults()
  const api = new Hono<NodeEnvironment>()
  api.use(faults.middleware(refuse))

  api.get('/ping', (c) => c.json({ gecko_says: '(V3) To the Moon!' }))
  api.get('/simple/price', (c) => {
    const ids = listOf(c.req.query('ids'))
    const wanted = listOf(c.req.query('vs_currencies'))
    if (wanted.length === 0) return problem(c, 422, 'Missing parameter vs_currencies')
    if (ids.length === 0) return problem(c, 422, 'Missing parameter ids')
    // As the real one does, what it does not know is left out without a word.
    const known = ids.filter(isCoin)
    return c.json(Object.fromEntries(known.map((id) => [id, simplePrice(c, id, wanted.filter(isCurrency), now())])))
  })
  api.get('/coins/:id/market_chart', (c) => {
    const days = c.req.query('days') ?? ''
    const span = days === 'max' ? 365 : Number(days)
    if (days === '' || !(span > 0)) return problem(c, 422, 'Missing or invalid parameter days')
    return chart(c, now() - span * day, now())
  })
  api.get('/coins/:id/market_chart/range', (c) => {
    const from = Number(c.req.query('from') ?? Number.NaN) * 1000
    const to = Number(c.req.query('to') ?? Number.NaN) * 1000
    if (!(from <= to)) return problem(c, 422, 'Missing or invalid parameters from and to')
    return chart(c, from, Math.min(to, now()))
  })

  const chart = (c: Context<NodeEnvironment>, from: number, to: number) => {
    const id = c.req.param('id') ?? ''
    const currency = c.req.query('vs_currency')?.toLowerCase()
    if (!currency) return problem(c, 422, 'Missing parameter vs_currency')
    if (!isCoin(id)) return problem(c, 404, 'coin not found')
    if (!isCurrency(currency)) return problem(c, 400, 'invalid vs_currency')
    if (from < now() - year) {
      const status = { error_code: 10012, error_message: 'Your request exceeds the allowed time range of 365 days.' }
      return c.json({ error: { status } }, 401)
    }
    return c.json(chartOf(id, currency, from, to, c.req.query('interval')))
  }

  const app = new Hono<NodeEnvironment>()
  app.route('/api/v3', api)
  app.route('/sandbox/faults', faults.routes)
  const { url, stop } = await serve({ app, port })
  return { url, stop }
}

function simplePrice(c: Context<NodeEnvironment>, id: string, currencies: string[], at: number) {
  const asks = (name: string) => c.req.query(name) === 'true'
  const entries = currencies.flatMap((currency): [string, number][] => {
    const { price, marketCap, volume } = tickAt(id, currency, at)
    const before = tickAt(id, currency, at - day).price
    return [
      [currency, price],
      ...(asks('include_market_cap') ? [[`${currency}_market_cap`, marketCap] satisfies [string, number]] : []),
      ...(asks('include_24hr_vol') ? [[`${currency}_24h_vol`, volume] satisfies [string, number]] : []),
      ...(asks('include_24hr_change')
        ? [[`${currency}_24h_change`, (price / before - 1) * 100] satisfies [string, number]]
        : []),
    ]
  })
  if (asks('include_last_updated_at')) entries.push(['last_updated_at', minuteOf(at) / 1000])
  return Object.fromEntries(entries)
}

const listOf = (text = '') =>
  text
    .split(',')
    .filter(Boolean)
    .map((part) => part.trim().toLowerCase())

const problem = (c: Context, status: 400 | 404 | 422, error: string) => c.json({ error }, status)

function refuse(status: number): Response {
  const error_message =
    status === 429
      ? "You've exceeded the Rate Limit. Please visit https://www.coingecko.com/en/api/pricing to subscribe to our API plans for higher rate limits."
      : 'Internal Server Error'
  return Response.json(
    { status: { error_code: status, error_message } },
    { status, ...(status === 429 ? { headers: { 'retry-after': '60' } } : {}) },
  )
}

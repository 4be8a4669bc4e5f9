import { type Context, Hono } from 'hono'
import type { NodeEnvironment } from '#sandbox/http/serve.ts'
import { chartOf } from '#sandbox/prices/chart.ts'
import { isCoin, isCurrency, minuteOf, rawPriceAt, tickAt } from '#sandbox/prices/coins.ts'
import { type PriceFaultBox, type PriceFaults, spoiled, spoiledAnswer } from '#sandbox/prices/faults.ts'

const day = 86_400_000
const year = 366 * day

/** CoinGecko's wire format. Its history goes back a year, as the free one's does. */
export function coingeckoApi(now: () => number, faults: PriceFaultBox): Hono<NodeEnvironment> {
  const api = new Hono<NodeEnvironment>()
  api.use((c, next) => {
    const key = c.req.header('x-cg-demo-api-key') ?? c.req.header('x-cg-pro-api-key') ?? ''
    if (key === '' || key.startsWith('CG-')) return next()
    const status = { error_code: 10_010, error_message: 'Invalid API Key.' }
    return Promise.resolve(c.json({ status }, 401))
  })
  api.get('/ping', (c) => c.json({ gecko_says: '(V3) To the Moon!' }))
  api.get('/simple/price', (c) => {
    const ids = listOf(c.req.query('ids'))
    const wanted = listOf(c.req.query('vs_currencies'))
    if (wanted.length === 0) return problem(c, 422, 'Missing parameter vs_currencies')
    if (ids.length === 0) return problem(c, 422, 'Missing parameter ids')
    const wrong = faults.take('coingecko')
    const at = wrong.stale ?? now()
    // As the real one does, what it does not know is left out without a word.
    const known = wrong.garbage === 'missing' ? [] : ids.filter(isCoin)
    const answer = known.map((id) => [id, simplePrice(c, id, wanted.filter(isCurrency), at, wrong)])
    return spoiledAnswer(wrong.garbage) ?? c.json(Object.fromEntries(answer))
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
    const { stale = to, gap, garbage } = faults.take('coingecko')
    const series = chartOf(id, currency, from, Math.min(to, stale), c.req.query('interval'))
    const prices = series.prices
      .filter(([at]) => !gap || at < gap.from || at >= gap.to)
      .map(([at, price]) => [at, spoiled(price, garbage)])
    return spoiledAnswer(garbage) ?? c.json({ ...series, prices: garbage === 'missing' ? [] : prices })
  }
  return api
}

function simplePrice(c: Context, id: string, currencies: string[], at: number, { spike, garbage }: PriceFaults) {
  const asks = (name: string) => c.req.query(name) === 'true'
  const factor = spike?.coin === id ? spike.factor : 1
  const entries = currencies.flatMap((currency): [string, unknown][] => {
    const { price: rounded, marketCap, volume } = tickAt(id, currency, at)
    const price = factor * precise(c.req.query('precision'), rounded, rawPriceAt(id, currency, at))
    const before = tickAt(id, currency, at - day).price
    return [
      [currency, spoiled(price, garbage)],
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

/** As many places as were asked for: `full`, or 0 to 18. */
function precise(precision: string | undefined, rounded: number, raw: number): number {
  if (precision === undefined) return rounded
  return precision === 'full' ? raw : Number(raw.toFixed(Math.min(18, Number(precision) || 0)))
}

const listOf = (text = '') =>
  text
    .split(',')
    .filter(Boolean)
    .map((part) => part.trim().toLowerCase())

const problem = (c: Context, status: 400 | 404 | 422, error: string) => c.json({ error }, status)

/** How CoinGecko refuses. */
export function refuseAsCoingecko(status: number): Response {
  const error_message =
    status === 429
      ? "You've exceeded the Rate Limit. Please visit https://www.coingecko.com/en/api/pricing to subscribe to our API plans for higher rate limits."
      : 'Internal Server Error'
  return Response.json(
    { status: { error_code: status, error_message } },
    { status, ...(status === 429 ? { headers: { 'retry-after': '60' } } : {}) },
  )
}

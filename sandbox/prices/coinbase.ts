import { Hono } from 'hono'
import type { NodeEnvironment } from '#sandbox/http/serve.ts'
import { coinOf, currencyCodes, minuteOf, rawPriceAt } from '#sandbox/prices/coins.ts'
import { type PriceFaultBox, spoiled, spoiledAnswer } from '#sandbox/prices/faults.ts'
import { valueAt } from '#sandbox/prices/walk.ts'

/** What Coinbase trades. */
const traded = ['BTC', 'ETH', 'USDC']

/** Coinbase's wire format of public exchange rates: decimal texts, and not a word about when they held. */
export function coinbaseApi(now: () => number, faults: PriceFaultBox): Hono<NodeEnvironment> {
  const api = new Hono<NodeEnvironment>()
  api.get('/exchange-rates', (c) => {
    const currency = (c.req.query('currency') ?? 'USD').toUpperCase()
    const coin = traded.includes(currency) ? coinOf(currency) : undefined
    if (coin === undefined) {
      return c.json({ errors: [{ id: 'invalid_request', message: `Invalid currency (${currency})` }] }, 400)
    }
    const { stale, spike, garbage } = faults.take('coinbase')
    const factor = spike?.coin === coin ? spike.factor : 1
    const rates = currencyCodes.map((code) => {
      const price = spoiled(factor * coinbasePriceAt(coin, code, stale ?? now()), garbage)
      return [code.toUpperCase(), price === null ? null : String(price)]
    })
    const answer = { data: { currency, rates: garbage === 'missing' ? {} : Object.fromEntries(rates) } }
    return spoiledAnswer(garbage) ?? c.json(answer)
  })
  return api
}

/** A few hundredths of a percent from the other source, as two markets are. */
export function coinbasePriceAt(coin: string, currency: string, at: number): number {
  const disagreement = valueAt({ base: 1, dailyMove: 0.0015, slowestDays: 1 }, `coinbase ${coin}`, minuteOf(at))
  return Number((rawPriceAt(coin, currency, at) * disagreement).toPrecision(10))
}

/** How Coinbase refuses. */
export function refuseAsCoinbase(status: number): Response {
  const id = status === 429 ? 'rate_limit_exceeded' : 'internal_server_error'
  const message = status === 429 ? 'You have exceeded the rate limit' : 'Internal server error'
  const headers: Record<string, string> = status === 429 ? { 'retry-after': '60' } : {}
  return Response.json({ errors: [{ id, message }] }, { status, headers })
}

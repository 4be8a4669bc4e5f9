import { Hono } from 'hono'
import { createFaults } from '#sandbox/http/faults.ts'
import { type NodeEnvironment, serve } from '#sandbox/http/serve.ts'
import { coinbaseApi, refuseAsCoinbase } from '#sandbox/prices/coinbase.ts'
import { coingeckoApi, refuseAsCoingecko } from '#sandbox/prices/coingecko.ts'
import { createPriceFaults } from '#sandbox/prices/faults.ts'

export type PricesStandIn = { url: string; stop: () => Promise<void> }

/**
 * Starts two price feeds: one in CoinGecko's wire format under `<url>/api/v3`, one in Coinbase's under `<url>/v2`. What may go
 * wrong with any API is set at `/sandbox/faults`, where `path` tells the two apart; what may be wrong with a price at
 * `/sandbox/prices`.
 */
export async function startPrices({
  port,
  now = Date.now,
}: {
  port: number
  now?: () => number
}): Promise<PricesStandIn> {
  const faults = createFaults()
  const priceFaults = createPriceFaults(now)
  const app = new Hono<NodeEnvironment>()
  app.use('/api/v3/*', faults.middleware(refuseAsCoingecko))
  app.use('/v2/*', faults.middleware(refuseAsCoinbase))
  app.route('/api/v3', coingeckoApi(now, priceFaults))
  app.route('/v2', coinbaseApi(now, priceFaults))
  app.route('/sandbox/faults', faults.routes)
  app.route('/sandbox/prices', priceFaults.routes)
  const { url, stop } = await serve({ app, port })
  return { url, stop }
}

import { randomUUID } from 'node:crypto'
import autocannon from 'autocannon'
import { benchEnvironment } from '#bench/environment.ts'
import { secretOf, sessionId } from '#bench/sessions/stored.ts'
import { deliver } from '#bench/webhooks/load.ts'

/** What a busy day asks of the app, which has so many sessions stored: pages, purchases begun, their status again and again, webhooks. */
export async function beBusy(url: string, stored: number): Promise<void> {
  const api = `${url}/api/v1/onramp/sessions`
  const purchase = {
    asset: 'USDC',
    network: 'mezo-testnet',
    walletAddress: '0x00000000000000000000000000000000000B0B42',
    sourceAmount: '25.00',
    sourceCurrency: 'USD',
  }
  const headers = { 'content-type': 'application/json' }
  await Promise.all([
    load({ url: `${url}/buy`, connections: 4, amount: 400 }),
    load({
      url: api,
      connections: 8,
      amount: 400,
      requests: [
        {
          method: 'POST',
          body: JSON.stringify(purchase),
          setupRequest: (request) => ({ ...request, headers: { ...headers, 'idempotency-key': randomUUID() } }),
        },
      ],
    }),
    load({
      url: api,
      connections: 16,
      amount: 4000,
      requests: [
        {
          setupRequest: (request) => {
            const number = 1 + Math.floor(Math.random() * stored)
            const path = `/api/v1/onramp/sessions/${sessionId(number)}`
            return { ...request, path, headers: { authorization: `Bearer ${secretOf(number)}` } }
          },
        },
      ],
    }),
    deliver({
      url: `${url}/api/webhooks/stripe`,
      secret: benchEnvironment.STRIPE_WEBHOOK_SECRETS,
      connections: 16,
      count: 1000,
    }),
  ])
}

/** Throws when any request was answered with anything but a success: an app that refuses needs little memory. */
async function load(options: autocannon.Options): Promise<void> {
  const { url, non2xx, errors, statusCodeStats } = await autocannon(options)
  if (non2xx + errors > 0) throw new Error(`${url} was not answered well: ${JSON.stringify(statusCodeStats)}`)
}

// Buys MUSD with a card: what is on sale, a price, a session, the payment, the delivery, the receipt.
//
//   npm run demo                                  # in another terminal
//   node examples/typescript/buy-musd.ts          # with Node 24: npx node examples/typescript/buy-musd.ts
//
// CAUSEWAY_URL is the site, http://localhost:3000 unless you say otherwise. The arguments are the wallet and the amount.

import createClient from 'openapi-fetch'
import type { components, paths } from './api.d.ts'

const baseUrl = process.env.CAUSEWAY_URL ?? 'http://localhost:3000'
const [walletAddress = '0x90F79bf6EB2c4f870365E785982E1f101E93b906', sourceAmount = '25.00'] = process.argv.slice(2)

const api = createClient<paths>({ baseUrl })

type Problem = components['schemas']['Problem']
type Session = components['schemas']['OnrampSession']

/** The answer, or an error that says what was refused and why. */
function answered<Data>({ data, error }: { data?: Data | undefined; error?: Problem | undefined }): Data {
  if (data !== undefined) return data
  throw new Error(error ? `${error.code}: ${error.detail}` : 'There was no answer.')
}

const options = answered(await api.GET('/api/v1/onramp/options'))
const pair = options.pairs.find(({ asset }) => asset === 'MUSD')
if (!pair) throw new Error('MUSD is not sold here.')
console.log(`On sale    ${pair.label}`)

const purchase = { asset: pair.asset, network: pair.network, sourceAmount, sourceCurrency: 'USD' } as const
const quote = answered(await api.GET('/api/v1/onramp/quotes', { params: { query: purchase } }))
console.log(`Price      ${quote.totalAmount} USD, fees included, for ${quote.destinationAmount} MUSD`)

// Keep the key with what you are buying: a repeat with it is the same purchase, however often it is sent.
const created = answered(
  await api.POST('/api/v1/onramp/sessions', {
    params: { header: { 'Idempotency-Key': crypto.randomUUID() } },
    body: { ...purchase, walletAddress, quoteId: quote.id },
  }),
)
console.log(`Pay here   ${created.checkoutUrl}`)
console.log(`Follow it  ${created.statusUrl}`)

const secret = { Authorization: `Bearer ${created.secret}` }
const delivered = await followed(created.id)
if (delivered.status !== 'delivered' || !delivered.receiptUrl) {
  throw new Error(`It ended as ${delivered.status}. No money was kept.`)
}
console.log(`Delivered  ${delivered.deliveredAmount} MUSD to ${delivered.walletAddress}`)

const receiptId = new URL(delivered.receiptUrl).pathname.split('/').pop() ?? ''
const receipt = answered(
  await api.GET('/api/v1/receipts/{id}', { params: { path: { id: receiptId } }, headers: secret }),
)
console.log(
  `Receipt    ${receipt.number}, ${receipt.verification.verified ? 'verified' : 'not verified'} on chain just now`,
)
console.log(`           ${receipt.verification.method}`)
process.exitCode = receipt.verification.verified ? 0 : 1

/** Asks for the session until it has ended, and tells each change of its status. */
async function followed(id: string): Promise<Session> {
  let known: { session: Session; etag: string } | undefined
  for (;;) {
    const { data, error, response } = await api.GET('/api/v1/onramp/sessions/{id}', {
      params: { path: { id }, header: known ? { 'If-None-Match': known.etag } : {} },
      headers: secret,
    })
    if (response.status !== 304) {
      const session = answered({ data, error })
      if (session.status !== known?.session.status) console.log(`Status     ${session.status}`)
      if (['delivered', 'expired', 'rejected'].includes(session.status)) return session
      known = { session, etag: response.headers.get('etag') ?? '' }
    }
    await new Promise((resolve) => setTimeout(resolve, 1000))
  }
}

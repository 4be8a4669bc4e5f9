// Pays as an agent: its balance, what would become of the payment, the proposal, a person's approval if one is asked for, the receipt.
//
//   npm run demo                                  # in another terminal
//   node examples/typescript/pay-as-agent.ts      # with Node 24: npx node examples/typescript/pay-as-agent.ts
//
// CAUSEWAY_URL is the site, http://localhost:3000 unless you say otherwise, and CAUSEWAY_API_KEY the agent's key: of the demo,
// it is agent.apiKey in .causeway/demo.json. The arguments are whom to pay, how much, and what for.

import createClient from 'openapi-fetch'
import type { components, paths } from './api.d.ts'

const baseUrl = process.env.CAUSEWAY_URL ?? 'http://localhost:3000'
const apiKey = process.env.CAUSEWAY_API_KEY
if (!apiKey) throw new Error('Set CAUSEWAY_API_KEY to a key of your agent.')
const [recipient = 'Merchant', amount = '1.00', purpose = 'An example'] = process.argv.slice(2)

const api = createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${apiKey}` } })

type Problem = components['schemas']['Problem']
type Payment = components['schemas']['IntentDetail']

/** The answer, or an error that says what was refused and why. */
function answered<Data>({ data, error }: { data?: Data | undefined; error?: Problem | undefined }): Data {
  if (data !== undefined) return data
  throw new Error(error ? `${error.code}: ${error.detail}` : 'There was no answer.')
}

const { wallets } = answered(await api.GET('/api/v1/wallets'))
const wallet = wallets.find(({ address, kind }) => kind === 'circle' && address !== null)
const balance = wallet?.balances.find(({ asset }) => asset === 'USDC')
if (!wallet || !balance) throw new Error('The agent has no wallet yet.')
console.log(`Balance    ${balance.available} USDC free on ${wallet.network}`)

const payment = { walletId: wallet.id, recipient, amount, asset: 'USDC' } as const
const foretold = answered(await api.POST('/api/v1/intents/simulate', { body: payment }))
console.log(`Would be   ${foretold.status}, to ${foretold.recipientAddress}`)

// Keep the key with what you are paying for: a repeat with it is the same payment, however often it is sent.
const proposed = answered(
  await api.POST('/api/v1/intents', {
    params: { header: { 'Idempotency-Key': crypto.randomUUID() } },
    body: { ...payment, purpose },
  }),
)
console.log(`Proposed   ${proposed.id}`)
for (const { guard, outcome, reason } of proposed.guardResults)
  console.log(`Guard      ${guard}: ${outcome}. ${reason}`)
if (proposed.status === 'needs_approval') console.log(`Approve    ${baseUrl}/intents/${proposed.id}`)

const ended = await followed(proposed.id)
console.log(`Ended      ${ended.status}${ended.reason ? `: ${ended.reason}` : ''}`)
for (const { hash, explorerUrl } of ended.transfers) console.log(`Transfer   ${explorerUrl ?? hash}`)
if (ended.receiptId) console.log(`Receipt    ${baseUrl}/receipts/${ended.receiptId}`)
process.exitCode = ended.status === 'settled' ? 0 : 1

/** Asks for the payment until it has ended, and tells each change of its status. */
async function followed(id: string): Promise<Payment> {
  let known: { payment: Payment; etag: string } | undefined
  for (;;) {
    const { data, error, response } = await api.GET('/api/v1/intents/{id}', {
      params: { path: { id }, header: known ? { 'If-None-Match': known.etag } : {} },
    })
    if (response.status !== 304) {
      const payment = answered({ data, error })
      if (payment.status !== known?.payment.status) console.log(`Status     ${payment.status}`)
      if (payment.finalizedAt !== null) return payment
      known = { payment, etag: response.headers.get('etag') ?? '' }
    }
    await new Promise((resolve) => setTimeout(resolve, 1000))
  }
}

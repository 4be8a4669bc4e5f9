import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPublicClient, erc20Abi, http } from 'viem'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { retrieveOnrampSession } from '#lib/rails/stripe/onramp-sessions.ts'
import { retrieveQuote } from '#lib/rails/stripe/quotes.ts'
import { verifyStripeSignature } from '#lib/rails/stripe/webhook-signature.ts'
import { type Chain, startChain } from '#sandbox/chain/chain.ts'
import { waitFor } from '#sandbox/http/wait-for.ts'
import { type Bench, buyer, startBench, webhookSecret } from '#sandbox/stripe/bench.ts'

const dir = mkdtempSync(join(tmpdir(), 'causeway-stripe-chain-'))
let chain: Chain
let bench: Bench

beforeAll(async () => {
  chain = await startChain({ dir })
}, 60_000)
afterAll(async () => {
  await chain.stop()
  rmSync(dir, { recursive: true, force: true })
})
beforeEach(async () => {
  bench = await startBench(chain)
})
afterEach(() => bench.stop())

const complete = (id: string) =>
  waitFor('the payout', async () => {
    const now = await retrieveOnrampSession(id, bench.stripe())
    return now.status === 'fulfillment_complete' && now
  })

describe('the onramp', () => {
  test('sells USDC: quote, session, payment, payout on the chain, signed webhooks', async () => {
    const quote = await retrieveQuote(
      { sourceAmount: '25.00', sourceCurrency: 'USD', stripeNetwork: 'base' },
      bench.stripe(),
    )
    expect(quote).toEqual({
      destinationAmount: '24.93',
      processingFee: '0.68',
      networkFee: '0.05',
      totalAmount: '25.73',
    })

    const created = await bench.session()
    expect(created).toMatchObject({
      id: expect.stringMatching(/^cos_1/),
      status: 'initialized',
      livemode: false,
      metadata: { session: 'ours', return_url: 'http://127.0.0.1:3000/pay/1' },
      clientSecret: expect.stringMatching(/^cos_1.*_secret_/),
      redirectUrl: expect.stringContaining(`${bench.url()}/onramp/`),
      sourceAmount: '25.00',
      sourceCurrency: 'USD',
      destinationAmount: null,
      destinationNetwork: 'base',
      fees: null,
      transactionHash: null,
    })

    const client = createPublicClient({ transport: http(chain.rpcUrl) })
    const balance = () =>
      client.readContract({ address: chain.tokens.USDC, abi: erc20Abi, functionName: 'balanceOf', args: [buyer] })
    const before = await balance()
    expect(await bench.pay(created.id)).toMatchObject({ status: 200, body: { status: 'fulfillment_processing' } })

    const done = await complete(created.id)
    expect(done).toMatchObject({
      destinationAmount: '24.93',
      destinationCurrency: 'USDC',
      walletAddress: buyer,
      fees: { processing: '0.68', network: '0.05' },
    })
    expect(await balance()).toBe(before + 24_930_000n)
    const receipt = await client.getTransactionReceipt({ hash: done.transactionHash as `0x${string}` })
    expect(receipt.status).toBe('success')

    await waitFor('three webhooks', () => bench.inbox.received.length === 3)
    expect(bench.statuses()).toEqual(['requires_payment', 'fulfillment_processing', 'fulfillment_complete'])
    for (const { headers, rawBody, body } of bench.inbox.received) {
      const header = headers.get('stripe-signature')
      verifyStripeSignature({ rawBody, header, secrets: [webhookSecret], now: new Date() })
      const event = bench.stripe().webhooks.constructEvent(body, header ?? '', webhookSecret)
      expect(event.type).toBe('crypto.onramp_session.updated')
    }
  })

  test('a declined card leaves the session open for another', async () => {
    const { id } = await bench.session()
    expect(await bench.pay(id, '4000 0000 0000 9995')).toMatchObject({
      status: 402,
      body: { error: { type: 'card_error', code: 'card_declined', decline_code: 'insufficient_funds' } },
    })
    expect((await retrieveOnrampSession(id, bench.stripe())).status).toBe('requires_payment')
    expect((await bench.pay(id)).status).toBe(200)
    expect((await bench.pay(id)).status).toBe(400)
    await complete(id)
  })

  test('a refused identity rejects the session', async () => {
    const { id } = await bench.session()
    expect(await bench.pay(id, '4100000000000019')).toMatchObject({ status: 200, body: { status: 'rejected' } })
    await waitFor('the webhook', () => bench.statuses().includes('rejected'))
  })

  test('a stop in the middle of a payout: started again, it pays exactly once', async () => {
    const { id } = await bench.session()
    await bench.pay(id)
    await bench.restart()
    const done = await complete(id)
    await bench.restart()
    expect((await retrieveOnrampSession(id, bench.stripe())).transactionHash).toBe(done.transactionHash)
    await waitFor('the last webhook', () => bench.statuses().includes('fulfillment_complete'))
  })

  test('many payments at once take one nonce each', async () => {
    const sessions = await Promise.all(Array.from({ length: 8 }, () => bench.session()))
    await Promise.all(sessions.map(({ id }) => bench.pay(id)))
    const done = await Promise.all(sessions.map(({ id }) => complete(id)))
    expect(new Set(done.map(({ transactionHash }) => transactionHash)).size).toBe(8)
  })
})

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Stripe from 'stripe'
import { createPublicClient, erc20Abi, http } from 'viem'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { createStripe } from '#lib/rails/stripe/client.ts'
import { outcomeOf, refusalOf } from '#lib/rails/stripe/errors.ts'
import { health } from '#lib/rails/stripe/health.ts'
import { createOnrampSession, retrieveOnrampSession } from '#lib/rails/stripe/onramp-sessions.ts'
import { retrieveQuote } from '#lib/rails/stripe/quotes.ts'
import { verifyStripeSignature } from '#lib/rails/stripe/webhook-signature.ts'
import { type Chain, startChain } from '#sandbox/chain/chain.ts'
import { waitFor } from '#sandbox/http/wait-for.ts'
import { startInbox } from '#sandbox/http/webhook-inbox.ts'
import { type StripeStandIn, startStripe } from '#sandbox/stripe/start.ts'

const buyer = '0x00000000000000000000000000000000000B0B42'
const secret = 'whsec_test'
const secretKey = 'sk_test_sandbox'
const dir = mkdtempSync(join(tmpdir(), 'causeway-stripe-'))

let chain: Chain
let standIn: StripeStandIn
let inbox: Awaited<ReturnType<typeof startInbox>>
let stripe: Stripe
let test_ = 0

const start = (port = 0) =>
  startStripe({
    dir: join(dir, String(test_)),
    port,
    rpcUrl: chain.rpcUrl,
    tokens: chain.tokens,
    settlementKey: chain.accounts.stripe.privateKey,
    webhookUrl: inbox.url,
    webhookSecret: secret,
    retryMs: [20],
    holdMs: 100,
  })

beforeAll(async () => {
  chain = await startChain({ dir: join(dir, 'chain') })
}, 60_000)
afterAll(async () => {
  await chain.stop()
  rmSync(dir, { recursive: true, force: true })
})
beforeEach(async () => {
  test_ += 1
  inbox = await startInbox()
  standIn = await start()
  stripe = createStripe({ secretKey, apiUrl: standIn.url })
})
afterEach(async () => {
  await standIn.stop()
  await inbox.stop()
})

const session = (idempotencyKey = `key-${Math.random()}`, sourceAmount = '25.00') =>
  createOnrampSession(
    {
      idempotencyKey,
      walletAddress: buyer,
      stripeNetwork: 'base',
      sourceAmount,
      sourceCurrency: 'USD',
      customerIp: '127.0.0.1',
      metadata: { session: 'ours', return_url: 'http://127.0.0.1:3000/pay/1' },
    },
    stripe,
  )

const call = async (method: string, path: string, body?: unknown) => {
  const response = await fetch(`${standIn.url}${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })
  return { status: response.status, body: (await response.json()) as Record<string, never> }
}
const pay = (id: string, card = '4242424242424242') => call('POST', `/sandbox/onramp_sessions/${id}/pay`, { card })
const complete = (id: string) =>
  waitFor('the payout', async () => {
    const now = await retrieveOnrampSession(id, stripe)
    return now.status === 'fulfillment_complete' && now
  })
const statuses = () => inbox.received.map(({ body }) => JSON.parse(body).data.object.status)

describe('the onramp', () => {
  test('sells USDC: quote, session, payment, payout on the chain, signed webhooks', async () => {
    const quote = await retrieveQuote({ sourceAmount: '25.00', sourceCurrency: 'USD', stripeNetwork: 'base' }, stripe)
    expect(quote).toEqual({
      destinationAmount: '24.93',
      processingFee: '0.68',
      networkFee: '0.05',
      totalAmount: '25.73',
    })

    const created = await session()
    expect(created).toMatchObject({
      id: expect.stringMatching(/^cos_1/),
      status: 'initialized',
      livemode: false,
      metadata: { session: 'ours', return_url: 'http://127.0.0.1:3000/pay/1' },
      clientSecret: expect.stringMatching(/^cos_1.*_secret_/),
      redirectUrl: expect.stringContaining(`${standIn.url}/onramp/`),
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
    expect(await pay(created.id)).toMatchObject({ status: 200, body: { status: 'fulfillment_processing' } })

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

    await waitFor('three webhooks', () => inbox.received.length === 3)
    expect(statuses()).toEqual(['requires_payment', 'fulfillment_processing', 'fulfillment_complete'])
    for (const { headers, rawBody, body } of inbox.received) {
      const header = headers.get('stripe-signature')
      verifyStripeSignature({ rawBody, header, secrets: [secret], now: new Date() })
      const event = stripe.webhooks.constructEvent(body, header ?? '', secret)
      expect(event.type).toBe('crypto.onramp_session.updated')
    }
  })

  test('a declined card leaves the session open for another', async () => {
    const { id } = await session()
    expect(await pay(id, '4000 0000 0000 9995')).toMatchObject({
      status: 402,
      body: { error: { type: 'card_error', code: 'card_declined', decline_code: 'insufficient_funds' } },
    })
    expect((await retrieveOnrampSession(id, stripe)).status).toBe('requires_payment')
    expect((await pay(id)).status).toBe(200)
    expect((await pay(id)).status).toBe(400)
    await complete(id)
  })

  test('a refused identity rejects the session', async () => {
    const { id } = await session()
    expect(await pay(id, '4100000000000019')).toMatchObject({ status: 200, body: { status: 'rejected' } })
    await waitFor('the webhook', () => statuses().includes('rejected'))
  })

  test('a stop in the middle of a payout: started again, it pays exactly once', async () => {
    const { id } = await session()
    await pay(id)
    await standIn.stop()
    standIn = await start()
    stripe = createStripe({ secretKey, apiUrl: standIn.url })
    const done = await complete(id)
    await standIn.stop()
    standIn = await start()
    stripe = createStripe({ secretKey, apiUrl: standIn.url })
    expect((await retrieveOnrampSession(id, stripe)).transactionHash).toBe(done.transactionHash)
    await waitFor('the last webhook', () => statuses().includes('fulfillment_complete'))
  })

  test('many payments at once take one nonce each', async () => {
    const sessions = await Promise.all(Array.from({ length: 8 }, () => session()))
    await Promise.all(sessions.map(({ id }) => pay(id)))
    const done = await Promise.all(sessions.map(({ id }) => complete(id)))
    expect(new Set(done.map(({ transactionHash }) => transactionHash)).size).toBe(8)
  })
})

describe('refusals', () => {
  const raw = (parameters: Record<string, unknown>) =>
    stripe.rawRequest('POST', '/v1/crypto/onramp_sessions', parameters).then(
      () => undefined,
      (error: unknown) => error,
    )

  test.each([
    [
      'wallet_addresses[base]',
      { wallet_addresses: { base: buyer }, destination_networks: ['base'] },
      'parameter_unknown',
    ],
    ['an unknown field', { colour: 'blue' }, 'parameter_unknown'],
    ['a lock without an address', { lock_wallet_address: true }, 'crypto_onramp_no_wallet_address_to_lock'],
    [
      'an address on a network that is not allowed',
      { wallet_addresses: { ethereum: buyer }, destination_networks: ['base'] },
      'crypto_onramp_wallet_addresses_not_all_networks_supported',
    ],
    [
      'a default network outside the list',
      { destination_network: 'ethereum', destination_networks: ['base'] },
      'crypto_onramp_conflicting_destination_network',
    ],
    ['an amount without currency', { source_amount: '10.00' }, 'crypto_onramp_missing_source_currency'],
    ['an exponent', { source_amount: '1e3', source_currency: 'usd' }, 'crypto_onramp_invalid_source_amount'],
    ['part of a cent', { source_amount: '10.001', source_currency: 'usd' }, 'crypto_onramp_invalid_source_amount'],
    [
      'a pair that is not sold',
      { destination_currency: 'usdc', destination_network: 'bitcoin' },
      'crypto_onramp_invalid_destination_currency_and_network_pair',
    ],
    ['a country that is not served', { customer_ip_address: '203.0.113.9' }, 'crypto_onramp_unsupported_country'],
  ])('%s', async (_name, parameters, code) => {
    const error = await raw(parameters)
    expect(outcomeOf(error)).toBe('refused')
    expect(refusalOf(error)).toMatchObject({ code, requestId: expect.stringMatching(/^req_/) })
  })

  test('an unknown session', async () => {
    const error = await retrieveOnrampSession('cos_none', stripe).catch((thrown: unknown) => thrown)
    expect(refusalOf(error)).toMatchObject({ code: 'resource_missing' })
  })

  test('a wrong key', async () => {
    const stranger = createStripe({ secretKey: 'rk_live_x', apiUrl: standIn.url })
    expect(await health(stranger)).toMatchObject({ ok: false, detail: expect.stringContaining('refuses this key') })
    expect(await health(stripe)).toEqual({ ok: true, detail: 'test mode' })
  })
})

describe('idempotency', () => {
  test('the same key and request answer with the same session; another request is refused', async () => {
    const first = await session('one')
    expect((await session('one')).id).toBe(first.id)
    const error = await session('one', '30.00').catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(Stripe.errors.StripeIdempotencyError)
    expect(outcomeOf(error)).toBe('refused')
  })

  test('status 0 does the work and drops the connection: the outcome is unclear, a repeat finds the session', async () => {
    await call('POST', '/sandbox/faults', { status: 0, times: 2, path: 'POST /v1/crypto' })
    const error = await session('lost').catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(Stripe.errors.StripeConnectionError)
    expect(outcomeOf(error)).toBe('unclear')
    await session('lost')
    const list = await stripe.rawRequest('GET', '/v1/crypto/onramp_sessions?limit=100')
    expect(list.data).toHaveLength(1)
  })
})

describe('faults', () => {
  test.each([
    [500, 'unclear'],
    [429, 'unavailable'],
    [403, 'refused'],
  ])('status %i is %s, once', async (status, outcome) => {
    await call('POST', '/sandbox/faults', { status })
    expect(outcomeOf(await session().catch((error: unknown) => error))).toBe(outcome)
    await session()
  })

  test('a server that is not there is unavailable', async () => {
    const nobody = createStripe({ secretKey, apiUrl: 'http://127.0.0.1:9' })
    const error = await retrieveOnrampSession('cos_1', nobody).catch((thrown: unknown) => thrown)
    expect(outcomeOf(error)).toBe('unavailable')
  })

  test('duplicate and reorder', async () => {
    await call('POST', '/sandbox/faults', { duplicate: 1, reorder: true })
    const { id } = await session()
    await pay(id, '4100000000000019')
    await waitFor('four webhooks', () => inbox.received.length === 4)
    expect(statuses()).toEqual(['rejected', 'rejected', 'requires_payment', 'requires_payment'])
    const ids = new Set(inbox.received.map(({ body }) => JSON.parse(body).id))
    expect(ids.size).toBe(2)
  })

  test('drop keeps the event in the list, from where it can be sent again', async () => {
    await call('POST', '/sandbox/faults', { drop: true })
    const { id } = await session()
    await pay(id, '4100000000000019')
    const events = await stripe.events.list({ limit: 10 })
    expect(events.data.map(({ type }) => type as string)).toEqual(Array(2).fill('crypto.onramp_session.updated'))
    await call('DELETE', '/sandbox/faults')
    await call('POST', '/sandbox/webhooks/resend', { eventId: events.data[0]?.id })
    await waitFor('the webhook', () => inbox.received.length === 1)
    expect(statuses()).toEqual(['rejected'])
  })

  test('what is no fault is refused', async () => {
    expect((await call('POST', '/sandbox/faults', { explode: true })).status).toBe(400)
    expect((await call('POST', '/sandbox/faults', { status: 200 })).status).toBe(400)
  })
})

describe('webhooks', () => {
  test('are sent again until they are taken, also after a restart, and every attempt is listed', async () => {
    inbox.answerWith(500)
    const { id } = await session()
    await pay(id, '4100000000000019')
    await waitFor('attempts', () => inbox.received.length >= 3)
    await standIn.stop()
    inbox.answerWith(200)
    standIn = await start()
    await waitFor('both', () => inbox.received.filter(({ answered }) => answered === 200).length === 2)
    const deliveries = await waitFor('the list', async () => {
      const { body } = await call('GET', '/sandbox/deliveries')
      return (body.unsent as unknown[]).length === 0 && (body.deliveries as { status: number; answer: string }[])
    })
    expect(deliveries.filter(({ status }) => status === 200)).toHaveLength(2)
    expect(deliveries).toContainEqual(expect.objectContaining({ status: 500, answer: 'answer 500' }))
  })

  test('sign with every secret during a rotation, and can use the other spelling', async () => {
    const onrampEventType = 'crypto.onramp_session_updated'
    await call('PUT', '/sandbox/webhooks', { secrets: ['whsec_new', secret], onrampEventType })
    const { id } = await session()
    await pay(id, '4100000000000019')
    const [first] = await waitFor('a webhook', () => inbox.received.length > 0 && inbox.received)
    const header = first?.headers.get('stripe-signature')
    for (const known of ['whsec_new', secret]) {
      verifyStripeSignature({ rawBody: first?.rawBody ?? new Uint8Array(), header, secrets: [known], now: new Date() })
    }
    expect(JSON.parse(first?.body ?? '').type).toBe(onrampEventType)
  })

  test('events page backwards as the SDK does', async () => {
    for (const card of ['4100000000000019', '4100000000000019']) await pay((await session()).id, card)
    const all = (await stripe.events.list({ limit: 100 })).data
    expect(all).toHaveLength(4)
    const oldest = all[3]?.id ?? ''
    const newer = await stripe.events.list({ ending_before: oldest, limit: 2 })
    expect(newer.data.map(({ id }) => id)).toEqual(all.slice(1, 3).map(({ id }) => id))
    expect(newer.has_more).toBe(true)
    const types = ['crypto.onramp_session.updated'] as unknown as Stripe.EventListParams['types']
    const since = await stripe.events.list({ ...(types ? { types } : {}), created: { gte: 0 } })
    expect(since.data).toHaveLength(4)
  })
})

describe('checkout', () => {
  test('sells once and expires', async () => {
    const parameters: Stripe.Checkout.SessionCreateParams = {
      mode: 'payment',
      success_url: 'http://127.0.0.1:3000/done?id={CHECKOUT_SESSION_ID}',
      line_items: [
        { quantity: 2, price_data: { currency: 'usd', unit_amount: 150, product_data: { name: 'A pass' } } },
      ],
    }
    const created = await stripe.checkout.sessions.create(parameters)
    expect(created).toMatchObject({ status: 'open', payment_status: 'unpaid', amount_total: 300 })
    expect(
      (await call('POST', `/sandbox/checkout_sessions/${created.id}/pay`, { card: '4000000000000002' })).status,
    ).toBe(402)
    expect(
      (await call('POST', `/sandbox/checkout_sessions/${created.id}/pay`, { card: '4242424242424242' })).status,
    ).toBe(200)
    expect(await stripe.checkout.sessions.retrieve(created.id)).toMatchObject({
      status: 'complete',
      payment_status: 'paid',
    })
    await waitFor('its event', () => inbox.received.some(({ body }) => body.includes('checkout.session.completed')))

    const other = await stripe.checkout.sessions.create(parameters)
    expect((await stripe.checkout.sessions.expire(other.id)).status).toBe('expired')
    await expect(stripe.checkout.sessions.expire(other.id)).rejects.toThrow('Only Checkout Sessions')
  })
})

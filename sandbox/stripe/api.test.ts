import Stripe from 'stripe'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { createStripe } from '#lib/rails/stripe/client.ts'
import { outcomeOf, refusalOf } from '#lib/rails/stripe/errors.ts'
import { health } from '#lib/rails/stripe/health.ts'
import { retrieveOnrampSession } from '#lib/rails/stripe/onramp-sessions.ts'
import { waitFor } from '#sandbox/http/wait-for.ts'
import { type Bench, buyer, noChain, startBench } from '#sandbox/stripe/bench.ts'

let bench: Bench

beforeEach(async () => {
  bench = await startBench(noChain)
})
afterEach(() => bench.stop())

describe('refusals', () => {
  const raw = (parameters: Record<string, unknown>) =>
    bench
      .stripe()
      .rawRequest('POST', '/v1/crypto/onramp_sessions', parameters)
      .then(
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
    const error = await retrieveOnrampSession('cos_none', bench.stripe()).catch((thrown: unknown) => thrown)
    expect(refusalOf(error)).toMatchObject({ code: 'resource_missing' })
  })

  test('a wrong key', async () => {
    const stranger = createStripe({ secretKey: 'rk_live_x', apiUrl: bench.url() })
    expect(await health(stranger)).toMatchObject({ ok: false, detail: expect.stringContaining('refuses this key') })
    expect(await health(bench.stripe())).toEqual({ ok: true, detail: 'test mode' })
  })
})

describe('idempotency', () => {
  test('the same key and request answer with the same session; another request is refused', async () => {
    const first = await bench.session('one')
    expect((await bench.session('one')).id).toBe(first.id)
    const error = await bench.session('one', '30.00').catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(Stripe.errors.StripeIdempotencyError)
    expect(outcomeOf(error)).toBe('refused')
  })

  test('status 0 does the work and drops the connection: the outcome is unclear, a repeat finds the session', async () => {
    await bench.call('POST', '/sandbox/faults', { status: 0, times: 2, path: 'POST /v1/crypto' })
    const error = await bench.session('lost').catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(Stripe.errors.StripeConnectionError)
    expect(outcomeOf(error)).toBe('unclear')
    await bench.session('lost')
    const list = await bench.stripe().rawRequest('GET', '/v1/crypto/onramp_sessions?limit=100')
    expect(list.data).toHaveLength(1)
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
    const created = await bench.stripe().checkout.sessions.create(parameters)
    expect(created).toMatchObject({ status: 'open', payment_status: 'unpaid', amount_total: 300 })
    expect(
      (await bench.call('POST', `/sandbox/checkout_sessions/${created.id}/pay`, { card: '4000000000000002' })).status,
    ).toBe(402)
    expect(
      (await bench.call('POST', `/sandbox/checkout_sessions/${created.id}/pay`, { card: '4242424242424242' })).status,
    ).toBe(200)
    expect(await bench.stripe().checkout.sessions.retrieve(created.id)).toMatchObject({
      status: 'complete',
      payment_status: 'paid',
    })
    await waitFor('its event', () =>
      bench.inbox.received.some(({ body }) => body.includes('checkout.session.completed')),
    )

    const other = await bench.stripe().checkout.sessions.create(parameters)
    expect((await bench.stripe().checkout.sessions.expire(other.id)).status).toBe('expired')
    await expect(bench.stripe().checkout.sessions.expire(other.id)).rejects.toThrow('Only Checkout Sessions')
  })
})

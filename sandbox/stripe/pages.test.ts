import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { retrieveOnrampSession } from '#lib/rails/stripe/onramp-sessions.ts'
import { type Bench, buyer, noChain, startBench } from '#sandbox/stripe/bench.ts'
import { readCardForm } from '#sandbox/stripe/card-form.ts'
import { parseForm } from '#sandbox/stripe/form.ts'

let bench: Bench

beforeEach(async () => {
  bench = await startBench(noChain)
})
afterEach(() => bench.stop())

const card = { number: '4242 4242 4242 4242', expiry: '12 / 34', cvc: '123', name: 'Ada Lovelace' }

const submit = async (url: string, fields: Record<string, string>) => {
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })
  return { status: response.status, location: response.headers.get('location'), text: await response.text() }
}

describe('the card page', () => {
  test('opens the session, shows every amount, and pays', async () => {
    const { id, redirectUrl } = await bench.session()
    const page = await (await fetch(redirectUrl ?? '')).text()
    for (const part of ['Sandbox: no real money', '$25.73', '$0.68', '$0.05', '24.93 USDC', buyer]) {
      expect(page).toContain(part)
    }
    expect((await retrieveOnrampSession(id, bench.stripe())).status).toBe('requires_payment')

    expect(await submit(redirectUrl ?? '', card)).toMatchObject({
      status: 303,
      location: 'http://127.0.0.1:3000/pay/1',
    })
    expect((await retrieveOnrampSession(id, bench.stripe())).status).toBe('fulfillment_processing')
    expect(await (await fetch(redirectUrl ?? '')).text()).toContain('Payment received')
  })

  test('a declined card says so and lets one try again', async () => {
    const { id, redirectUrl } = await bench.session()
    const refused = await submit(redirectUrl ?? '', { ...card, number: '4000000000000002' })
    expect(refused.text).toContain('Your card was declined. Nothing was charged.')
    expect(refused.text).toContain('value="Ada Lovelace"')
    expect((await retrieveOnrampSession(id, bench.stripe())).status).toBe('requires_payment')
    expect((await submit(redirectUrl ?? '', card)).status).toBe(303)
  })

  test('a refused identity is told', async () => {
    const { redirectUrl } = await bench.session()
    await submit(redirectUrl ?? '', { ...card, number: '4100000000000019' })
    expect(await (await fetch(redirectUrl ?? '')).text()).toContain('The identity check refused this purchase.')
  })

  test('an incomplete form charges nothing and names each field', async () => {
    const { redirectUrl } = await bench.session()
    const page = await submit(redirectUrl ?? '', { ...card, number: '4242424242424241', name: '' })
    expect(page.text).toContain('id="number-error"')
    expect(page.text).toContain('id="name-error"')
    expect(page.text).not.toContain('id="cvc-error"')
  })

  test('what others wrote is text, and only an address of the web is a link', async () => {
    const session = await bench.stripe().rawRequest('POST', '/v1/crypto/onramp_sessions', {
      wallet_addresses: { ethereum: buyer },
      destination_networks: ['ethereum'],
      metadata: { return_url: 'javascript:alert(1)' },
    })
    const page = await submit(session.redirect_url, { ...card, number: '1', name: '"><script>alert(1)</script>' })
    expect(page.text).not.toContain('javascript:')
    expect(page.text).not.toContain('<script>alert')
  })

  test('an unknown page is not found', async () => {
    expect((await fetch(`${bench.url()}/onramp/nothing`)).status).toBe(404)
  })
})

describe('readCardForm', () => {
  const errorsOf = (fields: Record<string, string>) =>
    Object.keys(readCardForm(new URLSearchParams({ ...card, ...fields }), new Date('2026-11-30T23:59:59Z')).errors)

  test.each([
    ['this month', '11 / 26', []],
    ['without a slash', '1126', []],
    ['with a long year', '11/2026', []],
    ['last month', '10 / 26', ['expiry']],
    ['no such month', '13 / 30', ['expiry']],
    ['noise', 'soon', ['expiry']],
  ])('expiry %s', (_name, expiry, expected) => {
    expect(errorsOf({ expiry })).toEqual(expected)
  })

  test('never breaks', () => {
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.string()), (fields) => void errorsOf(fields)))
  })
})

test('parseForm reads back what the SDK writes', () => {
  expect(parseForm('a=1&b[c]=2&b[d][]=3&b[d][]=4&e[0][f]=5&e[1][f]=6&g[base_network]=7&h=')).toEqual({
    a: '1',
    b: { c: '2', d: ['3', '4'] },
    e: [{ f: '5' }, { f: '6' }],
    g: { base_network: '7' },
    h: '',
  })
  fc.assert(fc.property(fc.string(), (text) => void parseForm(text)))
})

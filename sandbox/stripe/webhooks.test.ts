import type Stripe from 'stripe'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { createStripe } from '#lib/rails/stripe/client.ts'
import { outcomeOf } from '#lib/rails/stripe/errors.ts'
import { retrieveOnrampSession } from '#lib/rails/stripe/onramp-sessions.ts'
import { verifyStripeSignature } from '#lib/rails/stripe/webhook-signature.ts'
import { waitFor } from '#sandbox/http/wait-for.ts'
import { type Bench, noChain, secretKey, startBench, webhookSecret } from '#sandbox/stripe/bench.ts'

let bench: Bench

beforeEach(async () => {
  bench = await startBench(noChain)
})
afterEach(() => bench.stop())

describe('faults', () => {
  test.each([
    [500, 'unclear'],
    [429, 'unavailable'],
    [403, 'refused'],
  ])('status %i is %s, once', async (status, outcome) => {
    await bench.call('POST', '/sandbox/faults', { status })
    expect(outcomeOf(await bench.session().catch((error: unknown) => error))).toBe(outcome)
    await bench.session()
  })

  test('a server that is not there is unavailable', async () => {
    const nobody = createStripe({ secretKey, apiUrl: 'http://127.0.0.1:9' })
    const error = await retrieveOnrampSession('cos_1', nobody).catch((thrown: unknown) => thrown)
    expect(outcomeOf(error)).toBe('unavailable')
  })

  test('duplicate and reorder', async () => {
    await bench.call('POST', '/sandbox/faults', { duplicate: 1, reorder: true })
    const { id } = await bench.session()
    await bench.pay(id, '4100000000000019')
    await waitFor('four webhooks', () => bench.inbox.received.length === 4)
    expect(bench.statuses()).toEqual(['rejected', 'rejected', 'requires_payment', 'requires_payment'])
    const ids = new Set(bench.inbox.received.map(({ body }) => JSON.parse(body).id))
    expect(ids.size).toBe(2)
  })

  test('drop keeps the event in the list, from where it can be sent again', async () => {
    await bench.call('POST', '/sandbox/faults', { drop: true })
    const { id } = await bench.session()
    await bench.pay(id, '4100000000000019')
    const events = await bench.stripe().events.list({ limit: 10 })
    expect(events.data.map(({ type }) => type as string)).toEqual(Array(2).fill('crypto.onramp_session.updated'))
    await bench.call('DELETE', '/sandbox/faults')
    await bench.call('POST', '/sandbox/webhooks/resend', { eventId: events.data[0]?.id })
    await waitFor('the webhook', () => bench.inbox.received.length === 1)
    expect(bench.statuses()).toEqual(['rejected'])
  })

  test('what is no fault is refused', async () => {
    expect((await bench.call('POST', '/sandbox/faults', { explode: true })).status).toBe(400)
    expect((await bench.call('POST', '/sandbox/faults', { status: 200 })).status).toBe(400)
  })
})

describe('webhooks', () => {
  test('are sent again until they are taken, also after a restart, and every attempt is listed', async () => {
    bench.inbox.answerWith(500)
    const { id } = await bench.session()
    await bench.pay(id, '4100000000000019')
    await waitFor('attempts', () => bench.inbox.received.length >= 3)
    bench.inbox.answerWith(200)
    await bench.restart()
    // The stop may fall between an answer and its record; that one is then sent once more, which is what it should be.
    await waitFor('both', () => bench.inbox.received.filter(({ answered }) => answered === 200).length >= 2)
    const deliveries = await waitFor('the list', async () => {
      const { body } = await bench.call('GET', '/sandbox/deliveries')
      return body.unsent.length === 0 && (body.deliveries as { status: number; answer: string }[])
    })
    expect(deliveries.filter(({ status }) => status === 200)).toHaveLength(2)
    expect(deliveries).toContainEqual(expect.objectContaining({ status: 500, answer: 'answer 500' }))
  })

  test('sign with every secret during a rotation, and can use the other spelling', async () => {
    const onrampEventType = 'crypto.onramp_session_updated'
    await bench.call('PUT', '/sandbox/webhooks', { secrets: ['whsec_new', webhookSecret], onrampEventType })
    const { id } = await bench.session()
    await bench.pay(id, '4100000000000019')
    const [first] = await waitFor('a webhook', () => bench.inbox.received.length > 0 && bench.inbox.received)
    const header = first?.headers.get('stripe-signature')
    for (const known of ['whsec_new', webhookSecret]) {
      verifyStripeSignature({ rawBody: first?.rawBody ?? new Uint8Array(), header, secrets: [known], now: new Date() })
    }
    expect(JSON.parse(first?.body ?? '').type).toBe(onrampEventType)
  })

  test('events page backwards as the SDK does', async () => {
    for (const card of ['4100000000000019', '4100000000000019']) await bench.pay((await bench.session()).id, card)
    const all = (await bench.stripe().events.list({ limit: 100 })).data
    expect(all).toHaveLength(4)
    const oldest = all[3]?.id ?? ''
    const newer = await bench.stripe().events.list({ ending_before: oldest, limit: 2 })
    expect(newer.data.map(({ id }) => id)).toEqual(all.slice(1, 3).map(({ id }) => id))
    expect(newer.has_more).toBe(true)
    const types = ['crypto.onramp_session.updated'] as unknown as Stripe.EventListParams['types']
    const since = await bench.stripe().events.list({ ...(types ? { types } : {}), created: { gte: 0 } })
    expect(since.data).toHaveLength(4)
  })
})

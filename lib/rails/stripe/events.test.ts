import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listEvents, onrampEventTypes } from '#lib/rails/stripe/events.ts'
import { type Bench, noChain, startBench } from '#sandbox/stripe/bench.ts'

let bench: Bench
const types = onrampEventTypes
const since = new Date(Date.now() - 60_000)
const until = () => new Date(Date.now() + 60_000)

beforeAll(async () => {
  bench = await startBench(noChain)
  await bench.call('POST', '/sandbox/faults', { drop: true })
  // A card that is turned down: each purchase has two events.
  for (let count = 0; count < 55; count += 1) await bench.pay((await bench.session()).id, '4100000000000019')
})
afterAll(() => bench.stop())

describe("Stripe's list of events", () => {
  test('is read to its end, page after page, the oldest first, each event once', async () => {
    const events = await listEvents({ types, since, until: until() }, bench.stripe())
    expect(events).toHaveLength(110)
    expect(new Set(events.map(({ id }) => id)).size).toBe(110)
    expect(events.map(({ createdAt }) => createdAt.getTime())).toEqual(
      events.map(({ createdAt }) => createdAt.getTime()).sort((a, b) => a - b),
    )
    const [first] = events
    expect(first?.type).toBe('crypto.onramp_session.updated')
    expect(JSON.parse(first?.body ?? '')).toMatchObject({
      id: first?.id,
      object: 'event',
      data: { object: { object: 'crypto.onramp_session', status: 'requires_payment' } },
    })
  })

  test('has both spellings of the event, and no other type', async () => {
    await bench.call('PUT', '/sandbox/webhooks', { onrampEventType: 'crypto.onramp_session_updated' })
    await bench.pay((await bench.session()).id, '4100000000000019')
    const all = await listEvents({ types, since, until: until() }, bench.stripe())
    expect(new Set(all.map(({ type }) => type))).toEqual(new Set(types))
    expect(await listEvents({ types: ['customer.created'], since, until: until() }, bench.stripe())).toEqual([])
  })

  test('has what is within the time, and nothing else', async () => {
    expect(await listEvents({ types, since: until(), until: until() }, bench.stripe())).toEqual([])
    expect(await listEvents({ types, since: new Date(0), until: since }, bench.stripe())).toEqual([])
  })

  test('that breaks off is no list', async () => {
    await bench.call('POST', '/sandbox/faults', { status: 500 })
    await expect(listEvents({ types, since, until: until() }, bench.stripe())).rejects.toMatchObject({
      statusCode: 500,
    })
  })
})

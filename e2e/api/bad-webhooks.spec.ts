import { createHash, createHmac, randomUUID } from 'node:crypto'
import type postgres from 'postgres'
import { expectProblem, rowCounts } from '#e2e/support/api.ts'
import { expect, apiTest as test } from '#e2e/support/test.ts'
import type { World } from '#e2e/support/world.ts'

const seconds = () => Math.floor(Date.now() / 1000)

function signature(body: string, secret: string, at = seconds()): string {
  return `t=${at},v1=${createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')}`
}

function deliver(world: World, body: string, header?: string): Promise<Response> {
  return fetch(`${world.app}/api/webhooks/stripe`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(header === undefined ? {} : { 'stripe-signature': header }) },
    body,
  })
}

const event = (overrides: Record<string, unknown> = {}) =>
  JSON.stringify({
    id: `evt_${randomUUID()}`,
    object: 'event',
    type: 'test.made_up',
    data: { object: {} },
    ...overrides,
  })

async function inbox(db: postgres.Sql, eventId: string) {
  return db`select status, type from public.webhook_events where event_id = ${eventId}`
}

const refusals: [string, (world: World, body: string) => string | undefined][] = [
  ['unsigned', () => undefined],
  ['signed with another secret', (_world, body) => signature(body, 'whsec_somebody_elses')],
  ['signed over another body', (world, body) => signature(`${body} `, world.stripe.webhookSecret)],
  ['stale', (world, body) => signature(body, world.stripe.webhookSecret, seconds() - 3600)],
  ['of the future', (world, body) => signature(body, world.stripe.webhookSecret, seconds() + 3600)],
  ['with a header that is none', () => 'hello'],
  [
    'with a time that is no number',
    (world, body) => signature(body, world.stripe.webhookSecret).replace(/t=\d+/, 't=NaN'),
  ],
]

for (const [what, header] of refusals) {
  test(`a webhook ${what} is refused and not kept`, async ({ world, db }) => {
    const before = await rowCounts(db)
    const body = event()
    await expectProblem(await deliver(world, body, header(world, body)), {
      status: 400,
      code: 'invalid_signature',
      field: 'Stripe-Signature',
    })
    expect(await rowCounts(db)).toEqual(before)
  })
}

test('an empty webhook without a signature is refused and not kept', async ({ world, db }) => {
  const before = await rowCounts(db)
  await expectProblem(await deliver(world, ''), { status: 400, code: 'invalid_signature' })
  expect(await rowCounts(db)).toEqual(before)
})

const unreadable: [string, (unique: string) => string][] = [
  ['empty', () => ''],
  ['text', (unique) => `hello ${unique}`],
  ['a list', (unique) => `["${unique}"]`],
  ['half of an object', (unique) => `{"id":"${unique}"`],
]

for (const [what, make] of unreadable) {
  test(`what is truly signed is kept although it is no event: ${what}`, async ({ world, db }) => {
    const body = make(randomUUID())
    const answer = await deliver(world, body, signature(body, world.stripe.webhookSecret))
    await expectProblem(answer, { status: 400, code: 'invalid_json' })
    const kept = await inbox(db, `sha256:${createHash('sha256').update(body).digest('hex')}`)
    expect(kept).toMatchObject([{ type: 'unreadable' }])
  })
}

test('an event of a type nobody knows is kept and answered', async ({ world, db }) => {
  const id = `evt_${randomUUID()}`
  const body = event({ id })
  const answer = await deliver(world, body, signature(body, world.stripe.webhookSecret))
  expect(answer.status).toBe(200)
  expect(await inbox(db, id)).toMatchObject([{ type: 'test.made_up' }])
})

test('the same event twice is kept once', async ({ world, db }) => {
  const id = `evt_${randomUUID()}`
  const body = event({ id })
  for (const _time of [1, 2]) {
    const answer = await deliver(world, body, signature(body, world.stripe.webhookSecret))
    expect(answer.status).toBe(200)
  }
  expect(await inbox(db, id)).toHaveLength(1)
})

test('an event that names a session of nobody is kept and moves nothing', async ({ world, db }) => {
  const before = await rowCounts(db)
  const id = `evt_${randomUUID()}`
  const object = { id: 'cos_made_up', object: 'crypto.onramp_session', status: 'fulfillment_complete' }
  const body = event({ id, type: 'crypto.onramp_session.updated', data: { object } })
  const answer = await deliver(world, body, signature(body, world.stripe.webhookSecret))
  expect(answer.status).toBe(200)
  await expect.poll(async () => (await inbox(db, id))[0]?.status).toBe('ignored')
  const after = await rowCounts(db)
  expect(after.onramp_events).toBe(before.onramp_events)
  expect(after.transfers).toBe(before.transfers)
})

test('an oversized webhook is refused', async ({ world, db }) => {
  const before = await rowCounts(db)
  const body = event({ padding: 'x'.repeat(3_000_000) })
  await expectProblem(await deliver(world, body, signature(body, world.stripe.webhookSecret)), {
    status: 413,
    code: 'body_too_large',
  })
  expect(await rowCounts(db)).toEqual(before)
})

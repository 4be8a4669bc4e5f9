import { createHash, randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { receiveStripeWebhook } from '#lib/webhooks/receive.ts'
import { introduceCast } from '#supabase/tests/support/cast.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { refusalOf } from '#supabase/tests/support/refusal.ts'
import { signed } from '#supabase/tests/support/stripe-webhook.ts'

// What is truly signed is kept, once, as the bytes that were signed; whatever else comes leaves no trace.

process.env.STRIPE_WEBHOOK_SECRETS = 'whsec_current,whsec_previous'
const { adminSql, as } = await testDatabase()

beforeAll(() => introduceCast(adminSql))

const deliver = (body: Uint8Array | string, secret = 'whsec_current') => receiveStripeWebhook(signed(body, secret))
const event = (id: string, type = 'customer.created') => JSON.stringify({ id, type, data: { object: { id: 'x' } } })
const kept = (id: string) => adminSql`select * from public.webhook_events where event_id = ${id}`
const jobs = (id: string) => adminSql`select from graphile_worker.jobs where key = ${`webhook:${id}`}`
const count = async () => Number((await adminSql`select count(*) from public.webhook_events`)[0]?.count)

describe('an event', () => {
  test('is kept with its bytes, who signed it and when, and has a job', async () => {
    const body = event('evt_kept')
    const { id, isNew } = await deliver(body)
    expect(isNew).toBe(true)
    const [row] = await kept('evt_kept')
    expect(row).toMatchObject({
      id,
      source: 'stripe',
      type: 'customer.created',
      status: 'received',
      signature: 'current_key',
      deliveries: 1,
    })
    expect(Buffer.from(row?.body).toString()).toBe(body)
    expect(row?.body_hash).toEqual(createHash('sha256').update(body).digest())
    expect(await jobs(id)).toHaveLength(1)
  })

  test('signed with the previous secret during a rotation says so', async () => {
    await deliver(event('evt_rotated'), 'whsec_previous')
    expect((await kept('evt_rotated'))[0]?.signature).toBe('previous_key')
  })

  test('that is delivered again is counted, and makes no second row and no second job', async () => {
    const first = await deliver(event('evt_twice'))
    const second = await deliver(event('evt_twice'))
    expect(second).toEqual({ id: first.id, isNew: false })
    expect(await kept('evt_twice')).toMatchObject([{ deliveries: 2 }])
    expect(await jobs(first.id)).toHaveLength(1)
  })

  test('that is delivered eight times at the same moment is new once', async () => {
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => deliver(event('evt_at_once'))))
    expect(outcomes.filter(({ isNew }) => isNew)).toHaveLength(1)
    expect(new Set(outcomes.map(({ id }) => id)).size).toBe(1)
    expect(await kept('evt_at_once')).toMatchObject([{ deliveries: 8 }])
  })

  test('that comes again with another body is audited, and the first body stands', async () => {
    const { id } = await deliver(event('evt_changed'))
    const other = event('evt_changed', 'another.type')
    expect((await deliver(other)).isNew).toBe(false)
    const [row] = await kept('evt_changed')
    expect(Buffer.from(row?.body).toString()).toBe(event('evt_changed'))
    expect(row?.type).toBe('customer.created')
    const audit = await adminSql`select actor, action, detail from public.audit_log where subject = ${id}`
    expect(audit).toEqual([
      {
        actor: 'webhook',
        action: 'webhook.body_changed',
        detail: { body_sha256: createHash('sha256').update(other).digest('hex') },
      },
    ])
  })

  test('from a sender that nobody knows is refused', async () => {
    await deliver(event('evt_shared'))
    const other = as({ role: 'webhook' })(
      (sql) =>
        sql`select * from app.receive_webhook('nobody', 'evt_shared', 't', ${Buffer.from('{}')}, 'current_key', now())`,
    )
    expect(await refusalOf(other)).toBe('23514 webhook_events_source_is_known')
  })
})

describe('whatever a signed body carries', () => {
  test.each([
    ['NUL bytes', Buffer.from('{"id":"evt_nul","type":"t","x":"\u0000"}'), 400],
    ['an escaped NUL in a field', Buffer.from('{"id":"evt_escaped","type":"t","x":"\\u0000"}'), 200],
    ['an escaped NUL in its id', Buffer.from('{"id":"evt_\\u0000","type":"t"}'), 200],
    ['a lone surrogate in its type', Buffer.from('{"id":"evt_surrogate","type":"\\ud800"}'), 200],
    ['invalid UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), 400],
    ['an array', Buffer.from('[1,2,3]'), 400],
    ['a JSON null', Buffer.from('null'), 400],
    ['nothing at all', Buffer.from(''), 400],
    ['an id that is a number', Buffer.from('{"id":7,"type":"t"}'), 200],
    ['an id of a megabyte', Buffer.from(JSON.stringify({ id: 'e'.repeat(2 ** 20), type: 't' })), 200],
    ['no id and no type', Buffer.from('{}'), 200],
    ['prototypes', Buffer.from('{"__proto__":{"id":"evt_proto"},"constructor":1}'), 200],
  ])('%s: it is kept byte for byte', async (_, body, status) => {
    const before = await count()
    const answer = await deliver(body).then(
      () => 200,
      (error: { status: number }) => error.status,
    )
    expect(answer).toBe(status)
    expect(await count()).toBe(before + 1)
    const hash = createHash('sha256').update(body).digest()
    const [row] = await adminSql`select body, type from public.webhook_events where body_hash = ${hash}`
    expect(Buffer.from(row?.body).equals(body)).toBe(true)
  })

  test('any bytes at all are kept unchanged, and found again by their hash when they come twice', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (noise) => {
        const body = Buffer.concat([Buffer.from(randomUUID()), noise])
        await deliver(body).catch(() => undefined)
        await deliver(body).catch(() => undefined)
        const rows = await kept(`sha256:${createHash('sha256').update(body).digest('hex')}`)
        expect(rows).toMatchObject([{ deliveries: 2 }])
        expect(Buffer.from(rows[0]?.body).equals(body)).toBe(true)
      }),
      { numRuns: 40 },
    )
  })
})

describe('what is not truly Stripe’s leaves no trace', () => {
  const body = event('evt_forged')
  const minutes = (number: number) => new Date(Date.now() + number * 60_000)

  test.each([
    ['unsigned', { rawBody: Buffer.from(body), header: null }],
    ['signed with another secret', signed(body, 'whsec_another')],
    ['signed over another body', { ...signed(`${body} `, 'whsec_current'), rawBody: Buffer.from(body) }],
    ['signed too long ago', signed(body, 'whsec_current', minutes(-6))],
    ['signed in the future', signed(body, 'whsec_current', minutes(6))],
  ])('%s', async (_, delivery) => {
    const before = await count()
    await expect(receiveStripeWebhook(delivery)).rejects.toMatchObject({ status: 400, code: 'invalid_signature' })
    expect(await count()).toBe(before)
  })
})

import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type NodeEnvironment, type Served, serve } from '#sandbox/http/serve.ts'
import { stripeEvents } from '#scripts/doctor/checks/stripe-events.ts'
import { examine } from '#scripts/doctor/diagnose.ts'
import { admit } from '#scripts/doctor/patient.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'

const { adminSql, url } = await testDatabase()

let stripe: Served
let events: { id: string; created: number }[] = []
let status = 200

beforeAll(async () => {
  const list = () =>
    status === 200 ? { object: 'list', has_more: false, data: events } : { error: { type: 'api_error' } }
  const app = new Hono<NodeEnvironment>().get('/v1/events', () => Response.json(list(), { status }))
  stripe = await serve({ app, port: 0 })
})
afterAll(() => stripe.stop())

async function look() {
  const patient = admit({ DATABASE_URL: url, STRIPE_SECRET_KEY: 'sk_test_x', STRIPE_API_URL: stripe.url })
  try {
    return (await examine(stripeEvents, patient))[0]
  } finally {
    await patient.end()
  }
}

const minutesAgo = (minutes: number) => ({
  id: `evt_${randomUUID()}`,
  created: Math.floor(Date.now() / 1000) - minutes * 60,
})

test('what Stripe told and we never got is counted, and what is on its way or too old is not', async () => {
  expect(await look()).toEqual({ state: 'ok', seen: 'no onramp event in the last day' })
  const [fresh, arrived, old] = [minutesAgo(0), minutesAgo(10), minutesAgo(3000)]
  events = [fresh, arrived, old]
  await adminSql`insert into public.webhook_events (source, event_id, type, body, signature, signed_at)
    values ('stripe', ${arrived.id}, 't', '', 'current_key', now())`
  expect(await look()).toEqual({ state: 'ok', seen: 'the last 1 onramp events of a day were delivered' })
  const [lost, fetched] = [minutesAgo(5), minutesAgo(6)]
  events = [lost, fetched, ...events]
  await adminSql`select app.store_fetched_event('stripe', ${fetched.id}, 't', '', now())`
  expect(await look()).toMatchObject({
    state: 'warn',
    seen: `2 of the last 3 onramp events were never delivered, the newest ${lost.id}`,
    step: expect.stringContaining('STRIPE_WEBHOOK_SECRETS'),
  })
})

test('a key that may not list events leaves it open', async () => {
  status = 403
  expect(await look()).toMatchObject({ state: 'skip' })
})

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type NodeEnvironment, type Served, serve } from '#sandbox/http/serve.ts'
import { freePort } from '#sandbox/ports.ts'
import { noChain, webhookSecret } from '#sandbox/stripe/bench.ts'
import { type StripeStandIn, startStripe } from '#sandbox/stripe/start.ts'
import type { Check } from '#scripts/doctor/check.ts'
import { clock } from '#scripts/doctor/checks/clock.ts'
import { stripeKey } from '#scripts/doctor/checks/stripe-key.ts'
import { stripeOnramp } from '#scripts/doctor/checks/stripe-onramp.ts'
import { stripeWebhook } from '#scripts/doctor/checks/stripe-webhook.ts'
import { examine } from '#scripts/doctor/diagnose.ts'
import { admit } from '#scripts/doctor/patient.ts'

const app = 'https://pay.example.com'
const secretKey = 'sk_test_of_this_sandbox'

let dir: string
let standIn: StripeStandIn
let other: Served | undefined

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'causeway-doctor-'))
  const { rpcUrl, tokens, accounts } = noChain
  const chain = { rpcUrl, tokens, settlementKey: accounts.stripe.privateKey }
  standIn = await startStripe({
    dir,
    port: 0,
    ...chain,
    webhookUrl: `${app}/api/webhooks/stripe`,
    webhookSecret,
    secretKey,
  })
})

afterEach(async () => {
  await other?.stop()
  other = undefined
})

afterAll(async () => {
  await standIn.stop()
  rmSync(dir, { recursive: true })
})

const look = async (check: Check, change: Record<string, string> = {}) =>
  (
    await examine(
      check,
      admit({
        APP_URL: app,
        STRIPE_SECRET_KEY: secretKey,
        STRIPE_API_URL: standIn.url,
        STRIPE_NETWORKS: 'base=base',
        ...change,
      }),
    )
  )[0]

/** A Stripe that answers one path as told. */
async function answering(
  path: string,
  status: number,
  body: object,
  headers = {},
): Promise<{ STRIPE_API_URL: string }> {
  const fake = new Hono<NodeEnvironment>().get(path, () => Response.json(body, { status, headers }))
  other = await serve({ app: fake, port: 0 })
  return { STRIPE_API_URL: other.url }
}

const refusal = (code: string) => ({ error: { type: 'invalid_request_error', code, message: `no: ${secretKey}` } })

test.each([stripeKey, clock, stripeOnramp, stripeWebhook])('an account is in order: $name', async (check) => {
  expect(await look(check)).toMatchObject({ state: 'ok' })
})

describe('what is wrong with an account is named', () => {
  test('a wrong key', async () => {
    expect(await look(stripeKey, { STRIPE_SECRET_KEY: 'sk_test_of_another' })).toMatchObject({
      state: 'fail',
      seen: 'Stripe refuses it (invalid_request_error)',
      step: expect.stringContaining('Copy STRIPE_SECRET_KEY again'),
    })
  })

  test('a restricted key is a key', async () => {
    const change = await answering('/v1/balance', 403, refusal('more_permissions_required'))
    expect(await look(stripeKey, change)).toMatchObject({ state: 'ok', seen: expect.stringContaining('restricted') })
  })

  test('nothing listens', async () => {
    const nowhere = `http://127.0.0.1:${await freePort()}`
    expect(await look(stripeKey, { STRIPE_API_URL: nowhere })).toMatchObject({
      state: 'fail',
      seen: 'Stripe cannot be reached',
    })
  })

  const quotes = '/v1/crypto/onramp/quotes'
  test.each([
    ['crypto_onramp_disabled', 400, 'Stripe has paused crypto purchases', 'Wait'],
    ['crypto_onramp_merchant_not_properly_setup', 400, 'is not set up to sell crypto', 'Apply for the onramp'],
    ['crypto_onramp_unsupported_country', 400, 'does not sell crypto in this country', 'the USA and the EU'],
    ['resource_missing', 404, 'this account has no access to it', 'Apply for the onramp'],
    ['api_error', 500, 'did not answer clearly', 'status.stripe.com'],
  ])('no onramp: %s', async (code, status, seen, step) => {
    const change = await answering(quotes, status, refusal(code))
    expect(await look(stripeOnramp, change)).toMatchObject({
      state: 'fail',
      of: 'onramp to base',
      seen: expect.stringContaining(seen),
      step: expect.stringContaining(step),
    })
  })

  test('a network on which nothing is sold', async () => {
    const change = await answering(quotes, 200, {
      source_amount: '25.00',
      destination_network_quotes: { base_network: null },
    })
    expect(await look(stripeOnramp, change)).toMatchObject({ state: 'fail', seen: 'Stripe offers no USDC on base now' })
  })

  const endpoint = {
    id: 'we_1',
    object: 'webhook_endpoint',
    status: 'enabled',
    enabled_events: ['*'],
    url: `${app}/api/webhooks/stripe`,
  }
  test.each([
    ['none', [], 'none of 0 endpoints', 'Add one'],
    [
      'one for another address',
      [{ ...endpoint, url: 'https://old.example.com/api/webhooks/stripe' }],
      'there is one for https://old.example.com',
      'Add one',
    ],
    ['a disabled one', [{ ...endpoint, status: 'disabled' }], 'we_1 is disabled', 'Enable we_1'],
    [
      'one for other events',
      [{ ...endpoint, enabled_events: ['charge.refunded'] }],
      'is not told of onramp sessions',
      'Add the event crypto.onramp_session.updated',
    ],
  ])('webhook endpoint: %s', async (_name, data, seen, step) => {
    const change = await answering('/v1/webhook_endpoints', 200, { object: 'list', has_more: false, data })
    expect(await look(stripeWebhook, change)).toMatchObject({
      state: 'fail',
      seen: expect.stringContaining(seen),
      step: expect.stringContaining(step),
    })
  })

  test('the other spelling of the event is as good', async () => {
    const data = [{ ...endpoint, enabled_events: ['crypto.onramp_session_updated'] }]
    const change = await answering('/v1/webhook_endpoints', 200, { object: 'list', has_more: false, data })
    expect(await look(stripeWebhook, change)).toMatchObject({ state: 'ok' })
  })

  test.each([
    [200, 'fail', "this machine's clock is 200 s behind"],
    [-30, 'warn', "this machine's clock is 30 s ahead of"],
  ])('a clock that is off by %i seconds', async (seconds, state, seen) => {
    const change = await answering('/', 404, {}, { date: new Date(Date.now() + seconds * 1000).toUTCString() })
    const verdict = await look(clock, change)
    expect(verdict?.state).toBe(state)
    // Stripe tells whole seconds, so a second more or less is in the rounding.
    expect(verdict?.seen.replace(/\d+ s/, `${Math.abs(seconds)} s`)).toContain(seen)
  })

  test("a restricted key that may not list the endpoints leaves it to a person's eyes", async () => {
    const change = await answering('/v1/webhook_endpoints', 403, refusal('more_permissions_required'))
    expect(await look(stripeWebhook, change)).toMatchObject({
      state: 'warn',
      seen: expect.stringContaining('may not list'),
    })
  })
})

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type CircleStandIn, startCircle } from '#sandbox/circle/start.ts'
import { type NodeEnvironment, type Served, serve } from '#sandbox/http/serve.ts'
import { freePort } from '#sandbox/ports.ts'
import { noChain } from '#sandbox/stripe/bench.ts'
import type { Check } from '#scripts/doctor/check.ts'
import { circleEntitySecret } from '#scripts/doctor/checks/circle-entity-secret.ts'
import { circleKey } from '#scripts/doctor/checks/circle-key.ts'
import { circleModes } from '#scripts/doctor/checks/circle-modes.ts'
import { circleScreening } from '#scripts/doctor/checks/circle-screening.ts'
import { circleWebhook } from '#scripts/doctor/checks/circle-webhook.ts'
import { circleWebhookDoor } from '#scripts/doctor/checks/circle-webhook-door.ts'
import { examine } from '#scripts/doctor/diagnose.ts'
import { admit } from '#scripts/doctor/patient.ts'

const app = 'https://pay.example.com'
const apiKey = 'TEST_API_KEY:doctor:of-this-test'
const entitySecret = 'ab'.repeat(32)
const dir = mkdtempSync(join(tmpdir(), 'causeway-doctor-circle-'))

let standIn: CircleStandIn
let other: Served | undefined

beforeAll(async () => {
  const { rpcUrl, tokens, accounts } = noChain
  const chain = { rpcUrl, tokens, fundingKey: accounts.stripe.privateKey }
  const webhookUrl = `${app}/api/webhooks/circle`
  standIn = await startCircle({ dir, port: 0, ...chain, apiKey, entitySecret, webhookUrl })
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
        CIRCLE_API_KEY: apiKey,
        CIRCLE_ENTITY_SECRET: entitySecret,
        CIRCLE_API_URL: standIn.url,
        CIRCLE_NETWORKS: 'mezo-testnet=BASE-SEPOLIA',
        CIRCLE_SCREENING: 'on',
        ...change,
      }),
    )
  )[0]

async function answering(path: string, status: number, body: object): Promise<string> {
  const fake = new Hono<NodeEnvironment>().all(path, () => Response.json(body, { status }))
  other = await serve({ app: fake, port: 0 })
  return other.url
}

test.each([circleKey, circleModes, circleEntitySecret, circleWebhook, circleScreening])(
  'an account is in order: $name',
  async (check) => {
    expect(await look(check)).toMatchObject({ state: 'ok' })
  },
)

test.each([
  ['a key that is refused', circleKey, { CIRCLE_API_KEY: 'TEST_API_KEY:doctor:another' }, 'Circle refuses it'],
  [
    'an entity secret that is refused',
    circleEntitySecret,
    { CIRCLE_ENTITY_SECRET: 'cd'.repeat(32) },
    'Circle refuses it',
  ],
  [
    'another chain at Circle',
    circleModes,
    { CIRCLE_API_URL: '', CIRCLE_NETWORKS: 'base-sepolia=ETH' },
    'not the same chain',
  ],
  ['no networks', circleModes, { CIRCLE_NETWORKS: ',' }, 'CIRCLE_NETWORKS is empty'],
  [
    'an address that Circle was not given',
    circleWebhook,
    { APP_URL: 'https://other.example.com' },
    'none of 1 subscriptions',
  ],
])('%s', async (_case, check, change, seen) => {
  const finding = await look(check, change)
  expect(finding).toMatchObject({ state: 'fail', seen: expect.stringContaining(seen), step: expect.any(String) })
  expect(JSON.stringify(finding)).not.toContain('of-this-test')
})

test('real purchases beside test payments are worth a word', async () => {
  expect(await look(circleModes, { STRIPE_SECRET_KEY: 'sk_live_x' })).toMatchObject({ state: 'warn' })
})

test('where nobody listens, it says so', async () => {
  const CIRCLE_API_URL = `http://127.0.0.1:${await freePort()}`
  expect(await look(circleKey, { CIRCLE_API_URL })).toMatchObject({ state: 'fail', seen: 'Circle cannot be reached' })
})

test('a subscription that is off, or without transactions, is named', async () => {
  const path = '/v2/notifications/subscriptions'
  const endpoint = `${app}/api/webhooks/circle`
  const off = await answering(path, 200, { data: [{ endpoint, enabled: false, notificationTypes: ['*'] }] })
  expect(await look(circleWebhook, { CIRCLE_API_URL: off })).toMatchObject({ state: 'fail', seen: 'it is disabled' })
  await other?.stop()
  const some = await answering(path, 200, {
    data: [{ endpoint, enabled: true, notificationTypes: ['transactions.outbound'] }],
  })
  const finding = await look(circleWebhook, { CIRCLE_API_URL: some })
  expect(finding).toMatchObject({ state: 'fail', seen: 'it is not told of transactions.inbound' })
})

test('screening that Circle has not granted fails while it is on, and is nothing while it is off', async () => {
  const CIRCLE_API_URL = await answering('/v1/w3s/compliance/screening/addresses', 403, {
    code: 3,
    message: 'Forbidden',
  })
  expect(await look(circleScreening, { CIRCLE_API_URL })).toMatchObject({ state: 'fail' })
  expect(await look(circleScreening, { CIRCLE_API_URL, CIRCLE_SCREENING: 'off' })).toMatchObject({ state: 'ok' })
})

test.each([
  ['the app', { code: 'invalid_signature' }, 'ok'],
  ['something before it', { message: 'no' }, 'fail'],
])('the door is answered by %s', async (_case, body, state) => {
  const fake = new Hono<NodeEnvironment>()
  fake.get('/api/webhooks/circle', (c) => c.body(null, 200))
  fake.post('/api/webhooks/circle', (c) => c.json(body, 400))
  other = await serve({ app: fake, port: 0 })
  expect(await look(circleWebhookDoor, { APP_URL: other.url })).toMatchObject({ state })
})

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { GET } from '#app/api/health/route.ts'
import { checkHealth } from '#lib/health/check-health.ts'
import { lookAtEverything } from '#lib/health/look.ts'
import { lookAtQueue } from '#lib/health/queue.ts'
import { lookAtRates } from '#lib/health/rates.ts'
import { DeepHealth } from '#lib/health/schema.ts'
import { log } from '#lib/log.ts'
import { rateAssetCodes, rateCurrencyCodes } from '#lib/rates/pairs.ts'
import { startCircle } from '#sandbox/circle/start.ts'
import { startMail } from '#sandbox/mail/start.ts'
import { noChain, secretKey, startBench } from '#sandbox/stripe/bench.ts'
import { startSupabase } from '#sandbox/supabase/start.ts'
import { introduceCast, olga } from '#supabase/tests/support/cast.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { feedSays, forgetRates } from '#supabase/tests/support/rates.ts'
import { startTreasuryChain } from '#supabase/tests/support/treasury-chain.ts'

// Every part as it really is: a database, a queue, a chain with a treasury on it, and the stand-ins of the providers.

const { adminSql, as, adminUrl } = await testDatabase()
const dir = await mkdtemp(join(tmpdir(), 'causeway-health-'))
const chain = await startTreasuryChain()
const stripe = await startBench(noChain)
const mail = await startMail({ dir: join(dir, 'mail'), port: 0 })
const supabase = await startSupabase({ dir, port: 0, adminUrl, siteUrl: 'http://causeway.test', mail })
const circleKeys = { apiKey: 'TEST_API_KEY:health:secret', entitySecret: 'ef'.repeat(32) }
const circle = await startCircle({
  ...circleKeys,
  dir: join(dir, 'circle'),
  port: 0,
  rpcUrl: noChain.rpcUrl,
  tokens: noChain.tokens,
  fundingKey: noChain.accounts.stripe.privateKey,
  webhookUrl: null,
})
Object.assign(process.env, {
  CIRCLE_API_URL: circle.url,
  CIRCLE_API_KEY: circleKeys.apiKey,
  CIRCLE_ENTITY_SECRET: circleKeys.entitySecret,
  STRIPE_API_URL: stripe.url(),
  STRIPE_SECRET_KEY: secretKey,
  STRIPE_NETWORKS: 'mezo-testnet=base',
  SUPABASE_URL: supabase.url,
  SUPABASE_PUBLISHABLE_KEY: supabase.publishableKey,
  TREASURY_LOW_MUSD: '1000',
})
await introduceCast(adminSql)
// The stand-in makes its keys at its first start, which takes longer than a look may.
await fetch(`${circle.url}/v1/w3s/config/entity/publicKey`, {
  headers: { authorization: `Bearer ${circleKeys.apiKey}` },
})

afterAll(async () => {
  await circle.stop()
  await supabase.stop()
  await mail.stop()
  await stripe.stop()
  await chain.stop()
  await rm(dir, { recursive: true })
})

beforeEach(async () => {
  vi.spyOn(log, 'warn').mockImplementation(() => {})
  vi.spyOn(log, 'info').mockImplementation(() => {})
  chain.proxy.passThrough()
  await chain.mine(1)
  await stripe.call('DELETE', '/sandbox/faults')
  await adminSql`delete from graphile_worker._private_jobs`
  await workerWasHeardOf('10 seconds')
  await feedSays(...allPrices)
})

const allPrices = rateAssetCodes.flatMap((asset) =>
  rateCurrencyCodes.map((currency) => ({ asset, currency, price: '1' })),
)

const workerWasHeardOf = (interval: string) => adminSql`
  insert into graphile_worker._private_known_crontabs (identifier, known_since, last_execution)
  values ('schedule_stalled_work', now(), now() - ${interval}::interval)
  on conflict (identifier) do update set last_execution = excluded.last_execution`

const statuses = async () => Object.fromEntries((await lookAtEverything()).map(({ name, status }) => [name, status]))

const allWell = {
  database: 'ok',
  queue: 'ok',
  'chain:mezo-testnet': 'ok',
  treasury: 'ok',
  stripe: 'ok',
  supabase: 'ok',
  circle: 'ok',
  rates: 'ok',
}

describe('every part', () => {
  test('is well, and is kept with what was measured', async () => {
    expect(await statuses()).toEqual(allWell)
    await checkHealth()
    const rows = await as(olga)((sql) => sql`select name, status, detail from public.health_checks`)
    expect(Object.fromEntries(rows.map(({ name, status }) => [name, status]))).toEqual(allWell)
    const head = String(await chain.node.getBlockNumber())
    const detail = (name: string) => rows.find((row) => row.name === name)?.detail
    expect(detail('chain:mezo-testnet')).toMatchObject({ head, ageSeconds: expect.any(Number) })
    expect(detail('queue')).toMatchObject({ waiting: 0, failed: 0, lagSeconds: 0 })
    expect(detail('treasury')).toMatchObject({
      network: 'mezo-testnet',
      address: chain.signer.address,
      native: String(await chain.node.getBalance({ address: chain.signer.address })),
      assets: [
        {
          asset: 'MUSD',
          network: 'mezo-testnet',
          amount: String(1000n * 10n ** 18n),
          held: '0',
          low: String(1000n * 10n ** 18n),
        },
        { asset: 'USDC', network: 'mezo-testnet', amount: '0', held: '0', low: '0' },
      ],
    })
  })

  test('keeps since when it is as it is, over looks that find the same', async () => {
    await checkHealth()
    const read = async () =>
      (await adminSql`select since, checked_at from public.health_checks where name = 'stripe'`)[0]
    const first = await read()
    await checkHealth()
    expect(await read()).toMatchObject({ since: first?.since })
    expect((await read())?.checked_at.getTime()).toBeGreaterThan(first?.checked_at.getTime())
    await stripe.call('POST', '/sandbox/faults', { status: 500, times: 1000 })
    await checkHealth()
    expect((await read())?.since.getTime()).toBeGreaterThan(first?.checked_at.getTime())
  })
})

describe('one part that is away', () => {
  test('Stripe takes nothing else with it', async () => {
    await stripe.call('POST', '/sandbox/faults', { status: 500, times: 1000 })
    expect(await statuses()).toEqual({ ...allWell, stripe: 'down' })
  })

  test('Circle is down when it refuses our key', async () => {
    const body = JSON.stringify({ status: 401 })
    await fetch(`${circle.url}/sandbox/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    })
    expect(await statuses()).toEqual({ ...allWell, circle: 'down' })
    expect(await statuses()).toEqual(allWell)
  })

  test('the chain takes the treasury with it', async () => {
    chain.proxy.intercept(async () => undefined)
    expect(await statuses()).toEqual({ ...allWell, 'chain:mezo-testnet': 'down', treasury: 'down' })
  })

  test('what is promised to buyers is not there for the low mark', async () => {
    await adminSql.begin((tx) => [
      tx`set local session_replication_role = replica`,
      tx`insert into public.ledger_accounts (kind, network, asset, posted, held)
        values ('treasury', 'mezo-testnet', 'MUSD', 2, 1)
        on conflict on constraint ledger_accounts_kind_network_asset_key do update set posted = 2, held = 1`,
    ])
    expect(await statuses()).toEqual({ ...allWell, treasury: 'degraded' })
    await adminSql.begin((tx) => [
      tx`set local session_replication_role = replica`,
      tx`update public.ledger_accounts set posted = 0, held = 0 where kind = 'treasury'`,
    ])
  })
})

describe('the queue', () => {
  const due = (interval: string) =>
    adminSql`select graphile_worker.add_job('a_job', run_at => now() - ${interval}::interval)`

  test.each([
    ['100 seconds', 'ok'],
    ['130 seconds', 'degraded'],
    ['6 minutes', 'down'],
  ])('whose oldest job is late by %s is %s', async (interval, status) => {
    await due(interval)
    await due('1 second')
    expect(await lookAtQueue()).toMatchObject({ status, detail: { waiting: 2, failed: 0 } })
  })

  test('waits for no job whose time has not come, and none that is worked on', async () => {
    await due('-1 hour')
    await due('1 hour')
    await adminSql`update graphile_worker._private_jobs set locked_at = now(), locked_by = 'w' where run_at < now()`
    expect(await lookAtQueue()).toMatchObject({ status: 'ok', detail: { waiting: 0, lagSeconds: 0 } })
  })

  test('of which a job was given up is degraded', async () => {
    await due('1 minute')
    await adminSql`update graphile_worker._private_jobs set attempts = max_attempts`
    expect(await lookAtQueue()).toMatchObject({ status: 'degraded', detail: { waiting: 0, failed: 1 } })
  })

  test('that nobody works is down, however short it is', async () => {
    await workerWasHeardOf('3 minutes')
    expect(await lookAtQueue()).toMatchObject({ status: 'down', summary: expect.stringMatching(/^No worker is alive/) })
  })
})

describe('the rates', () => {
  const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000)
  beforeEach(() => forgetRates(adminSql))

  test('are down without a fresh price', async () => {
    expect(await lookAtRates()).toMatchObject({ status: 'down', detail: { pairs: 15, fresh: 0, ageSeconds: null } })
    await feedSays(...allPrices.map((said) => ({ ...said, at: minutesAgo(15) })))
    expect(await lookAtRates()).toMatchObject({ status: 'down', detail: { fresh: 0 } })
    expect((await lookAtRates()).detail.ageSeconds).toBeGreaterThanOrEqual(900)
  })

  test('are degraded while one is old', async () => {
    const [first, ...others] = allPrices
    if (first) await feedSays({ ...first, at: minutesAgo(16) }, ...others)
    expect(await lookAtRates()).toMatchObject({ status: 'degraded', summary: '14 of 15 prices are fresh' })
  })

  test('are degraded while one is held, or a source fails', async () => {
    await feedSays(...allPrices.map((said) => ({ ...said, at: minutesAgo(12) })))
    await feedSays({ asset: 'USDC', currency: 'EUR', price: '2' })
    expect(await lookAtRates()).toMatchObject({ status: 'degraded', summary: 'A price is held' })
    await forgetRates(adminSql)
    await feedSays(...allPrices)
    expect(await lookAtRates()).toMatchObject({ status: 'ok', summary: 'Every price is fresh' })
    await as({ role: 'worker' })((sql) => sql`select app.record_rate_failure('tests', 'It answers 500', null)`)
    expect(await lookAtRates()).toMatchObject({ status: 'degraded', summary: 'No proper answer from tests' })
  })
})

describe('GET /api/health?deep=1', () => {
  const ask = async (query = '?deep=1') => {
    const answer = await GET(new Request(`http://causeway.test/api/health${query}`), undefined)
    return { status: answer.status, body: await answer.json() }
  }

  test('measures once for all who ask within ten seconds', async () => {
    let heard = 0
    chain.proxy.intercept(async (request, forward) => {
      if (request.method === 'eth_getBlockByNumber') heard += 1
      return await forward()
    })
    const together = await Promise.all(Array.from({ length: 20 }, () => ask()))
    const once = heard
    const later = await ask()
    expect(heard).toBe(once)
    expect(new Set([...together, later].map(({ body }) => body.at)).size).toBe(1)
    expect(later.status).toBe(200)
    expect(DeepHealth.parse(later.body)).toMatchObject({
      status: 'ok',
      checks: { queue: { lagSeconds: 0 }, chain: { 'mezo-testnet': { status: 'ok' } }, treasury: { status: 'ok' } },
    })
  })

  test('is 503 when nothing is worked, and measures again after ten seconds', async () => {
    await workerWasHeardOf('3 minutes')
    expect((await ask()).status).toBe(200)
    const now = Date.now()
    // An answer of 5xx is an error in the log.
    vi.spyOn(log, 'error').mockImplementation(() => {})
    vi.spyOn(Date, 'now').mockImplementation(() => now + 11_000)
    const { status, body } = await ask()
    expect({ status, all: body.status, queue: body.checks.queue.status }).toEqual({
      status: 503,
      all: 'down',
      queue: 'down',
    })
  })

  test('and without asking for depth it is as cheap as it was', async () => {
    expect((await ask('')).body).toEqual({ status: 'ok', at: expect.any(String) })
    expect((await ask('?deep=0')).body).toEqual({ status: 'ok', at: expect.any(String) })
  })
})

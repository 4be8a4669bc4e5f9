import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '#lib/auth/actor.ts'
import { requestHash } from '#lib/http/idempotency.ts'
import { createOnrampSession } from '#lib/onramp/create.ts'
import { getOnrampSession } from '#lib/onramp/get.ts'
import { quoteOnramp } from '#lib/onramp/quote.ts'
import { CreateSessionInput, QuoteInput } from '#lib/onramp/schema.ts'
import { syncOnrampSession } from '#lib/onramp/sync.ts'
import { expireOnrampSession } from '#lib/onramp/tasks/expire.ts'
import { readTermsInDatabase } from '#lib/onramp/terms-in-database.ts'
import { type Bench, noChain, startBench } from '#sandbox/stripe/bench.ts'
import { alice, bob, guest, introduceCast } from '#supabase/tests/support/cast.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { forgetRates, freshRates, tick } from '#supabase/tests/support/rates.ts'

// The whole of a request, with the real SDK against a Stripe that loses answers: one purchase comes of it, at ours and theirs.

const { adminSql } = await testDatabase()
const wallet = '0x90F79bf6EB2c4f870365E785982E1f101E93b906'

let bench: Bench

beforeAll(async () => {
  bench = await startBench(noChain)
  process.env.STRIPE_API_URL = bench.url()
  await introduceCast(adminSql)
  await freshRates()
})
afterEach(() => bench.call('DELETE', '/sandbox/faults'))
afterAll(() => bench.stop())

const purchase = { asset: 'USDC', network: 'base', sourceAmount: '25.00', sourceCurrency: 'USD' }

type Post = { key?: string; amount?: string; actor?: Actor; quoteId?: string }

function post({ key = randomUUID(), amount = '25.00', actor = guest(), quoteId }: Post = {}) {
  const body = { walletAddress: wallet, ...purchase, sourceAmount: amount, ...(quoteId ? { quoteId } : {}) }
  return createOnrampSession({
    actor,
    input: CreateSessionInput.parse(body),
    idempotencyKey: key,
    requestHash: requestHash(body),
    customerIp: '127.0.0.1',
  })
}

const fault = (status: number, times = 1) =>
  bench.call('POST', '/sandbox/faults', { status, times, path: 'POST /v1/crypto/onramp_sessions' })

/** Stripe's sessions for one of ours. */
async function atStripe(id: string): Promise<{ id: string }[]> {
  const { data } = await bench.stripe().rawRequest('GET', '/v1/crypto/onramp_sessions?limit=100')
  return data.filter(({ metadata }: { metadata: Record<string, string> }) => metadata.causeway_session_id === id)
}

/** Somebody pays it at Stripe with a good card. */
async function payAtStripe(id: string): Promise<void> {
  const [theirs] = await atStripe(id)
  await bench.pay(theirs?.id ?? '')
}

const sessionsOf = (key: string) =>
  adminSql`select s.id, s.status from public.onramp_sessions s join public.idempotency_keys k on k.resource_id = s.id where k.key = ${key}`

describe('a request', () => {
  test('answers with a session that its secret opens', async () => {
    const { created, replayed } = await post()
    expect(replayed).toBe(false)
    expect(created).toMatchObject({
      status: 'awaiting_payment',
      quote: { sourceAmount: '25.00', asset: 'USDC', network: 'base' },
    })
    expect(created.statusUrl).toBe(`http://causeway.test/pay/${created.id}#${created.secret}`)
    const seen = await getOnrampSession({ actor: guest(created.secret), id: created.id })
    expect(seen).toMatchObject({ status: 'awaiting_payment', walletAddress: wallet, checkoutUrl: created.checkoutUrl })
    expect(await atStripe(created.id)).toHaveLength(1)
  })

  test('of a person makes a session of theirs', async () => {
    const { created } = await post({ actor: alice })
    expect((await getOnrampSession({ actor: alice, id: created.id })).id).toBe(created.id)
  })

  test('again is answered with the same secret, and makes nothing', async () => {
    const key = randomUUID()
    const first = await post({ key })
    expect(await post({ key })).toEqual({ created: first.created, replayed: true })
    expect(await sessionsOf(key)).toHaveLength(1)
    expect(await atStripe(first.created.id)).toHaveLength(1)
  })

  test('again with another amount is refused', async () => {
    const key = randomUUID()
    await post({ key })
    await expect(post({ key, amount: '26.00' })).rejects.toMatchObject({ status: 422, code: 'idempotency_key_reused' })
  })

  test('five times at once is done once', async () => {
    const key = randomUUID()
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => post({ key })))
    const made = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.code] : []))
    expect(made.filter(({ replayed }) => !replayed)).toHaveLength(1)
    expect(new Set(made.map(({ created }) => created.secret)).size).toBe(1)
    expect(refused.filter((code) => code !== 'idempotency_in_progress')).toEqual([])
    expect(await atStripe(made[0]?.created.id ?? '')).toHaveLength(1)
  })

  test('leaves neither its secret nor Stripe’s in the database', async () => {
    const { created } = await post()
    const tables =
      await adminSql`select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'private', 'graphile_worker')`
    for (const { name } of tables) {
      for (const secret of [created.secret, created.clientSecret ?? '']) {
        const hex = Buffer.from(secret).toString('hex')
        const found = await adminSql.unsafe(`select from ${name} t where t::text like $1 or t::text like $2`, [
          `%${secret}%`,
          `%${hex}%`,
        ])
        expect({ name, found: found.length }).toEqual({ name, found: 0 })
      }
    }
  })
})

describe('while Stripe is away', () => {
  const away = () =>
    bench.call('POST', '/sandbox/faults', { status: 503, times: 100, path: 'GET /v1/crypto/onramp/quotes' })

  test('a request again gets its answer all the same, without a quote of its own', async () => {
    const key = randomUUID()
    const first = await post({ key })
    await away()
    await expect(post()).rejects.toMatchObject({ status: 503, code: 'quotes_unavailable' })
    expect(await post({ key })).toEqual({ created: first.created, replayed: true })
  })

  test('with another body it is still another request, and another person’s key is their own', async () => {
    const key = randomUUID()
    await post({ key, actor: alice })
    await away()
    await expect(post({ key, actor: alice, amount: '26.00' })).rejects.toMatchObject({ status: 422 })
    await expect(post({ key, actor: bob })).rejects.toMatchObject({ status: 503, code: 'quotes_unavailable' })
  })

  test('one whose first still runs is told so', async () => {
    const key = randomUUID()
    await fault(503)
    await expect(post({ key })).rejects.toMatchObject({ code: 'stripe_unavailable' })
    await adminSql`update public.idempotency_keys set locked_at = clock_timestamp() where key = ${key}`
    await away()
    await expect(post({ key })).rejects.toMatchObject({ status: 409, code: 'idempotency_in_progress' })
    expect(await sessionsOf(key)).toMatchObject([{ status: 'created' }])
  })
})

describe('while prices stand still', () => {
  const price = (at: Date) => tick(adminSql, { asset: 'USDC', currency: 'USD', price: '1', at })
  const quote = () => quoteOnramp({ input: QuoteInput.parse(purchase), readTerms: readTermsInDatabase })
  beforeEach(() => forgetRates(adminSql))
  afterAll(freshRates)

  test('nothing is quoted or begun, and it says how old they are and when to ask again', async () => {
    const key = randomUUID()
    const stale = { status: 503, code: 'rate_stale', retryAfterSeconds: 60 }
    await expect(quote()).rejects.toMatchObject({ ...stale, detail: 'There is no price of USDC in USD yet.' })
    await price(new Date(Date.now() - 16 * 60_000))
    await expect(quote()).rejects.toMatchObject({
      ...stale,
      detail: 'The last price of USDC in USD is 16 minutes old.',
    })
    await expect(post({ key })).rejects.toMatchObject(stale)
    expect(await sessionsOf(key)).toEqual([])
  })

  test('and move on again, it is sold', async () => {
    await price(new Date())
    const { id: quoteId, rate } = await quote()
    expect(rate).toMatchObject({ raw: '1', price: '1.002808', settlement: null })
    const { created } = await post({ quoteId })
    expect(created.quote.rate).toEqual(rate)
    expect((await getOnrampSession({ actor: guest(created.secret), id: created.id })).quote.rate).toEqual(rate)
  })

  test('a request that was answered is answered again, with its price', async () => {
    await price(new Date())
    const key = randomUUID()
    const first = await post({ key })
    await forgetRates(adminSql)
    expect(await post({ key })).toEqual({ created: first.created, replayed: true })
  })
})

describe('where Stripe', () => {
  test.each([
    ['fails', 500],
    ['does it and loses the answer', 0],
    ['is too busy', 429],
  ])('%s, the same request may come at once, and one session comes of it', async (_, status) => {
    const key = randomUUID()
    await fault(status, status === 0 ? 2 : 1)
    const refusal = await post({ key }).catch((error: unknown) => error)
    expect(refusal).toMatchObject({ status: 503, code: 'stripe_unavailable' })
    expect(await sessionsOf(key)).toMatchObject([{ status: 'created' }])
    const { created, replayed } = await post({ key })
    expect(replayed).toBe(false)
    expect(await sessionsOf(key)).toEqual([{ id: created.id, status: 'awaiting_payment' }])
    expect(await atStripe(created.id)).toHaveLength(1)
    expect((await getOnrampSession({ actor: guest(created.secret), id: created.id })).status).toBe('awaiting_payment')
  })

  test('refuses, nothing is to be paid, and the buyer is told', async () => {
    const key = randomUUID()
    await fault(400)
    await expect(post({ key })).rejects.toMatchObject({ status: 422, code: 'stripe_refused' })
    expect(await sessionsOf(key)).toMatchObject([{ status: 'created' }])
  })
})

describe('a session that is read again at Stripe', () => {
  test('follows it, and a wrong or late read changes nothing', async () => {
    const { created } = await post()
    expect(await syncOnrampSession({ sessionId: created.id })).toBe('awaiting_payment')
    await payAtStripe(created.id)
    expect(await syncOnrampSession({ sessionId: created.id })).toBe('processing')
  })

  test('that was paid at the last moment does not expire', async () => {
    const { created } = await post()
    await payAtStripe(created.id)
    await adminSql`update public.onramp_sessions set expires_at = now() where id = ${created.id}`
    await expireOnrampSession({ sessionId: created.id })
    expect((await getOnrampSession({ actor: guest(created.secret), id: created.id })).status).toBe('processing')
  })

  test('does not expire while Stripe cannot be asked', async () => {
    const { created } = await post()
    await adminSql`update public.onramp_sessions set expires_at = now() where id = ${created.id}`
    await bench.call('POST', '/sandbox/faults', { status: 500, times: 1, path: 'GET /v1/crypto/onramp_sessions' })
    await expect(expireOnrampSession({ sessionId: created.id })).rejects.toThrow()
    expect((await getOnrampSession({ actor: guest(created.secret), id: created.id })).status).toBe('awaiting_payment')
    await expireOnrampSession({ sessionId: created.id })
    expect((await getOnrampSession({ actor: guest(created.secret), id: created.id })).status).toBe('expired')
  })
})

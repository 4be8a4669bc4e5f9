import { randomBytes, randomUUID } from 'node:crypto'
import type postgres from 'postgres'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '#lib/auth/actor.ts'
import { alice, bob, guest, introduceCast } from '#supabase/tests/support/cast.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { createSession, musd, quoteOf, read, sha256, usdc, wallet } from '#supabase/tests/support/purchase.ts'
import { refusalOf } from '#supabase/tests/support/refusal.ts'
import { connectionsWaitForALock, hold, holdAsOwner } from '#supabase/tests/support/waits.ts'

// A request that is sent twice is done once, whoever sends it, whenever, and however the first one ended.

const { adminSql, as, url, adminUrl } = await testDatabase()

beforeAll(() => introduceCast(adminSql))

const worker = as({ role: 'worker' })

type Attempt = { key: string; actor?: Actor; body?: string; secret?: string; quoteExpiresAt?: Date }

const secretOf = ({ key, secret = 'first' }: { key: string; secret?: string }) => `${secret} secret of ${key}`

const attempt = ({ key, body = 'a body', secret = 'first', ...rest }: Attempt) =>
  createSession({ idempotencyKey: key, requestHash: sha256(body), secret: secretOf({ key, secret }), ...rest })

type Answer = { key: string; secret?: string; text?: string; status?: number }

/** Stripe has answered: the request with that secret ends with its answer, which is kept. */
const answer = ({ key, secret = 'first', text = 'sealed', status = 201 }: Answer) =>
  sessionsOf(key).then(([session]) =>
    worker(
      (
        sql,
      ) => sql`select app.open_onramp_checkout(${session?.id}, ${`cos_${session?.id}`}, 'https://stripe.test/pay', ${status},
        ${Buffer.from(text)}, ${sha256(secretOf({ key, secret }))})`,
    ),
  )

/** The statement of `attempt` on a connection of the test's own. */
const claim = async (sql: postgres.Sql, key: string) => {
  const quote = await quoteOf('USDC')
  return await sql`
    select * from app.create_onramp_session(${key}, ${sha256('a body')}, ${randomBytes(32)}, 'USDC', 'base', ${wallet}, 'USD', 2500, 2610,
      ${String(usdc)}, ${sql.json(quote)}, ${quote.expiresAt}, 'stripe', 0, 'base', ${wallet})`
}

/** Time passes: the first request with this key began so long ago. */
const began = (key: string, ago: string) =>
  adminSql`update public.idempotency_keys set locked_at = clock_timestamp() - ${ago}::interval where key = ${key}`

const sessionsOf = (key: string) =>
  adminSql`select s.* from public.onramp_sessions s join public.idempotency_keys k on k.resource_id = s.id where k.key = ${key}`

describe('a repeated request', () => {
  test('gets the kept answer, as often as it asks', async () => {
    const key = randomUUID()
    const first = await attempt({ key })
    await answer({ key })
    for (const secret of ['second', 'third']) {
      const again = await attempt({ key, secret })
      expect(again).toMatchObject({
        session_id: first?.session_id,
        response_status: 201,
        response_body: Buffer.from('sealed'),
      })
    }
    expect((await sessionsOf(key)).map((row) => row.secret_hash)).toEqual([sha256(secretOf({ key }))])
  })

  test('gets it also after its quote has expired', async () => {
    const key = randomUUID()
    await attempt({ key })
    await answer({ key })
    const again = await attempt({ key, quoteExpiresAt: new Date(Date.now() - 1000) })
    expect(again?.response_status).toBe(201)
  })

  test('with another body is refused, before and after the first one ended', async () => {
    const key = randomUUID()
    await attempt({ key })
    expect(await refusalOf(attempt({ key, body: 'another' }))).toBe('CWIKR')
    await answer({ key })
    expect(await refusalOf(attempt({ key, body: 'another' }))).toBe('CWIKR')
    expect(await sessionsOf(key)).toHaveLength(1)
  })

  test('has to wait while the first one still runs', async () => {
    const key = randomUUID()
    await attempt({ key })
    expect(await refusalOf(attempt({ key }))).toBe('CWIKP')
    await began(key, '29 seconds')
    expect(await refusalOf(attempt({ key }))).toBe('CWIKP')
  })

  test('at the same moment: one begins, every other is told that it runs', async () => {
    const key = randomUUID()
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => refusalOf(attempt({ key }))))
    expect(outcomes.sort()).toEqual(['CWIKP', 'CWIKP', 'CWIKP', 'CWIKP', 'CWIKP', 'CWIKP', 'CWIKP', 'accepted'])
    expect(await sessionsOf(key)).toHaveLength(1)
  })

  test('may come at once after a failure that released the key', async () => {
    const key = randomUUID()
    const first = await attempt({ key })
    await worker((sql) => sql`select app.release_idempotency_key(${first?.session_id})`)
    expect((await attempt({ key }))?.session_id).toBe(first?.session_id)
  })
})

describe('a request that died', () => {
  test('is taken over after 30 seconds: the same session, with the new one’s secret', async () => {
    const key = randomUUID()
    const first = await attempt({ key })
    await began(key, '31 seconds')
    const second = await attempt({ key, secret: 'second' })
    expect(second).toMatchObject({ session_id: first?.session_id, response_body: null })
    expect((await sessionsOf(key)).map((row) => row.secret_hash)).toEqual([sha256(secretOf({ key, secret: 'second' }))])
    await answer({ key, secret: 'second', text: 'from the second' })
    expect((await attempt({ key }))?.response_body).toEqual(Buffer.from('from the second'))
  })

  test('is taken over by one of two that come at once, also when the second looked before the first was done', async () => {
    const key = randomUUID()
    await attempt({ key })
    await began(key, '31 seconds')
    const one = await hold(url, guest(), (sql) => claim(sql, key))
    const other = refusalOf(attempt({ key }))
    await connectionsWaitForALock(adminSql)
    await one.commit()
    expect(await other).toBe('CWIKP')
  })

  test('and then answers after all, is told so: its secret would open nothing', async () => {
    const key = randomUUID()
    const first = await attempt({ key })
    await began(key, '31 seconds')
    await attempt({ key, secret: 'second' })
    expect(await refusalOf(answer({ key }))).toBe('CWIKP')
    expect(await read({ id: first?.session_id })).toMatchObject({ status: 'created', stripe_session_id: null })
    await answer({ key, secret: 'second', text: 'from the second' })
    expect(await refusalOf(answer({ key }))).toBe('CWIKP')
    expect((await attempt({ key }))?.response_body).toEqual(Buffer.from('from the second'))
  })

  test('after Stripe’s webhook had already opened its session, is taken over all the same', async () => {
    const key = randomUUID()
    const first = await attempt({ key })
    const id = first?.session_id
    await worker((sql) => sql`select app.open_onramp_checkout(${id}, ${`cos_${id}`}, 'https://stripe.test/pay')`)
    await began(key, '31 seconds')
    await attempt({ key, secret: 'second' })
    await answer({ key, secret: 'second' })
    const seen = await as(guest(secretOf({ key, secret: 'second' })))(
      (sql) => sql`select id, status from public.onramp_sessions`,
    )
    expect(seen).toEqual([{ id, status: 'awaiting_payment' }])
  })

  test('and whose session has ended since, is not continued', async () => {
    const key = randomUUID()
    const first = await attempt({ key })
    await adminSql`update public.onramp_sessions set expires_at = now() where id = ${first?.session_id}`
    await worker((sql) => sql`select app.expire_onramp_session(${first?.session_id})`)
    await began(key, '25 hours')
    expect(await refusalOf(attempt({ key }))).toBe('CWSTA')
  })

  test('keeps the quote it began with', async () => {
    const key = randomUUID()
    const first = await attempt({ key })
    await began(key, '31 seconds')
    expect((await attempt({ key }))?.quote).toEqual(first?.quote)
  })

  test('and the one that takes over do not wait for each other in a circle', async () => {
    const key = randomUUID()
    const first = await attempt({ key })
    const taking = await holdAsOwner(
      adminUrl,
      (sql) => sql`select from public.idempotency_keys where key = ${key} for update`,
    )
    const late = refusalOf(answer({ key }))
    await connectionsWaitForALock(adminSql)
    await taking.run((sql) => sql`select from public.onramp_sessions where id = ${first?.session_id} for update`)
    await taking.commit()
    expect(await late).toBe('accepted')
  })
})

describe('what is kept', () => {
  test('is never a server’s error', async () => {
    const key = randomUUID()
    const first = await attempt({ key })
    expect(await refusalOf(answer({ key, text: 'oops', status: 503 }))).toBe(
      '23514 idempotency_keys_never_keep_server_errors',
    )
    expect((await read({ id: first?.session_id })).status).toBe('created')
  })

  test('is the first answer, also where a second is written', async () => {
    const key = randomUUID()
    await attempt({ key })
    await answer({ key, text: 'one' })
    await answer({ key, text: 'two' })
    expect((await attempt({ key }))?.response_body).toEqual(Buffer.from('one'))
  })

  test('is not freed by a release that comes too late', async () => {
    const key = randomUUID()
    const first = await attempt({ key })
    await answer({ key })
    await worker((sql) => sql`select app.release_idempotency_key(${first?.session_id})`)
    expect((await attempt({ key }))?.response_status).toBe(201)
  })
})

test('a key belongs to the account that sent it: the same key of another is another', async () => {
  const key = randomUUID()
  const [hers, his, theirs] = await Promise.all(
    [alice, bob, guest()].map((actor, index) => attempt({ key, actor, secret: String(index) })),
  )
  expect(new Set([hers?.session_id, his?.session_id, theirs?.session_id]).size).toBe(3)
})

test('a quote that has expired begins nothing, and its key stays free', async () => {
  const key = randomUUID()
  expect(await refusalOf(attempt({ key, quoteExpiresAt: new Date(Date.now() - 1) }))).toBe('CWQEX')
  expect(await adminSql`select from public.idempotency_keys where key = ${key}`).toEqual([])
  expect((await attempt({ key, body: 'another' }))?.session_id).toBeDefined()
})

test('a purchase that a named check refuses leaves neither session nor key', async () => {
  const key = randomUUID()
  const quote = await quoteOf('MUSD')
  const refused = as(guest())(
    (
      sql,
    ) => sql`select * from app.create_onramp_session(${key}, ${sha256('x')}, ${sha256('y')}, 'MUSD', 'mezo', ${`0x${'0'.repeat(40)}`},
      'USD', 2500, 2610, ${String(musd)}, ${sql.json(quote)}, ${quote.expiresAt}, 'treasury', 50, 'base', ${`0x${'7e'.repeat(20)}`})`,
  )
  expect(await refusalOf(refused)).toBe('23514 evm_address_is_not_zero')
  expect(await adminSql`select from public.idempotency_keys where key = ${key}`).toEqual([])
})

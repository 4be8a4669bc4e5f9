import { expect, test } from 'vitest'
import { Problem } from '#lib/http/problem.ts'
import { limitRate } from '#lib/http/rate-limit/limit-rate.ts'
import { limitRateHere } from '#lib/http/rate-limit/limit-rate-here.ts'
import { limits, strangers } from '#lib/http/rate-limit/limits.ts'
import { PostgresLimiter } from '#lib/http/rate-limit/postgres-limiter.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'

const { adminSql, as } = await testDatabase()

const refusal = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  )
const times = (count: number, work: () => Promise<unknown>) => Promise.all(Array.from({ length: count }, work))

test('a client that asks too often waits, and nobody else does', async () => {
  await times(limits.signInsToAccount, () => limitRate('signInsToAccount', '203.0.113.7'))
  const refused = await refusal(limitRate('signInsToAccount', '203.0.113.7'))
  expect(refused).toBeInstanceOf(Problem)
  expect(refused).toMatchObject({ status: 429, code: 'rate_limited' })
  expect((refused as Problem).retryAfterSeconds).toBeGreaterThan(50)
  await limitRate('signInsToAccount', '203.0.113.8')
  await limitRate('signIns', '203.0.113.7')
})

test('all instances count together: a second process begins where the first one is', async () => {
  const key = '00'.repeat(32)
  const [one, other] = [1, 2].map(() => new PostgresLimiter({ points: 4, duration: 60 }))
  await times(2, async () => one?.consume(key))
  await times(2, async () => other?.consume(key))
  expect(await refusal(Promise.resolve(one?.consume(key)))).toMatchObject({ consumedPoints: 5, remainingPoints: 0 })
})

test('no address is stored', async () => {
  await limitRate('signIns', '198.51.100.77')
  const rows = await adminSql`select r::text as row, encode(key, 'escape') as key from private.rate_limits r`
  expect(rows.length).toBeGreaterThan(0)
  expect(JSON.stringify(rows)).not.toContain('198.51')
})

test('a window that is over begins anew, and those of others are swept away', async () => {
  const take = (key: Buffer) =>
    as({ role: 'worker' })((sql) => sql`select points from app.take_rate_limit(${key}, 1, 60000)`)
  const [mine, another] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
  await take(mine)
  await take(another)
  expect(await take(mine)).toMatchObject([{ points: 2 }])
  await adminSql`update private.rate_limits set expires_at = now() - interval '1 second' where key in (${mine}, ${another})`
  expect(await take(mine)).toMatchObject([{ points: 1 }])
  expect(await adminSql`select from private.rate_limits where key = ${another}`).toHaveLength(0)
})

test('callers that nothing vouches for share a limit that is far larger, and no row', async () => {
  await adminSql`truncate private.rate_limits`
  await times(limits.signIns * strangers, () => limitRate('signIns', undefined))
  expect(await refusal(limitRate('signIns', undefined))).toMatchObject({ code: 'rate_limited' })
  expect(await adminSql`select from private.rate_limits`).toHaveLength(0)
})

test('while the database refuses, the process counts alone', async () => {
  await adminSql`revoke execute on function app.take_rate_limit from worker`
  const limiter = new PostgresLimiter({ points: 2, duration: 60 })
  const key = 'ff'.repeat(32)
  await times(2, () => limiter.consume(key))
  expect(await refusal(limiter.consume(key))).toMatchObject({ consumedPoints: 3 })
  await adminSql`grant execute on function app.take_rate_limit to worker`
})

test('the edge counts by itself', async () => {
  await times(limits.quotes, () => limitRateHere('quotes', '203.0.113.7'))
  expect(await refusal(limitRateHere('quotes', '203.0.113.7'))).toMatchObject({ code: 'rate_limited' })
  await limitRateHere('quotes', '203.0.113.8')
})

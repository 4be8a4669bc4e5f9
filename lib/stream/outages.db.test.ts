import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { lookAtStream } from '#lib/health/stream.ts'
import { log } from '#lib/log.ts'
import { relayOnce, startRelay } from '#lib/stream/relay.ts'
import { startTestChain, type TestChain } from '#sandbox/chain/test-chain.ts'
import { waitFor } from '#sandbox/http/wait-for.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { type Broker, startBroker } from '#supabase/tests/support/kafka.ts'
import { PRODUCE, startFront } from '#supabase/tests/support/kafka-front.ts'
import { tick } from '#supabase/tests/support/rates.ts'
import { connectionsWaitForALock, holdAsOwner } from '#supabase/tests/support/waits.ts'
import { startWorker } from '#supabase/tests/support/worker.ts'

// Brokers that are away, answers that are lost, a worker that is killed, a database that is gone: nothing is lost by any of them.

const { adminSql, as, adminUrl } = await testDatabase()
const worker = as({ role: 'worker' })
const nobody = '127.0.0.1:1'
const minute = 60_000

let broker: Broker
/** A worker looks at the tokens that it may move before it starts. */
let chain: TestChain
let warned: ReturnType<typeof vi.spyOn>
let bucket = Math.floor(Date.now() / (10 * minute))

beforeAll(async () => {
  chain = await startTestChain()
})
afterAll(() => chain.stop())
beforeEach(async () => {
  warned = vi.spyOn(log, 'warn').mockImplementation(() => {})
  broker = await startBroker()
  await worker((sql) => sql`select app.end_stream()`)
  await worker((sql) => sql`select app.subscribe_stream(array['ticks', 'events'])`)
})
afterEach(() => broker.stop())

const startRelaying = () => startWorker({ KAFKA_BROKERS: broker.address, STRIPE_NETWORKS: 'mezo-testnet=base' })
const waiting = async () => (await adminSql`select id from private.outbox`).length
const health = async () => (await lookAtStream())[0]
const price = (value: string) =>
  tick(adminSql, { asset: 'BTC', currency: 'USD', price: value, at: new Date(--bucket * 10 * minute) })
const prices = async () => (await broker.read('causeway.ticks')).map(({ value }) => JSON.parse(value).price)
const ids = async () => (await broker.read('causeway.ticks')).map(({ headers }) => headers.ce_id)
const waitsFor = (interval: string) =>
  adminSql`update private.outbox set recorded_at = recorded_at - ${interval}::interval`

test('brokers that are away: it waits, is seen to wait, and leaves when one is back', async () => {
  await price('1')
  await relayOnce([nobody])
  expect(await waiting()).toBe(1)
  expect(warned).toHaveBeenCalledWith('the stream does not get through', {
    reason: expect.stringMatching(/^[A-Z_ ]+$/),
  })
  expect(await health()).toMatchObject({
    status: 'degraded',
    summary: expect.stringMatching(/^1 messages wait, the oldest for \d s \(.*ECONNREFUSED.*\)$/),
    detail: { waiting: 1 },
  })
  await waitsFor('6 minutes')
  expect(await health()).toMatchObject({ status: 'down', detail: { lagSeconds: expect.any(Number) } })

  await relayOnce([nobody, broker.address])
  expect(await prices()).toEqual(['1'])
  expect(await health()).toMatchObject({ status: 'ok', summary: 'everything was taken', detail: { failure: null } })
})

test('a subscription that nobody serves any more is seen, also where no brokers are configured, until it is ended', async () => {
  await price('1')
  await waitsFor('2 minutes')
  expect(await health()).toMatchObject({ name: 'stream', status: 'degraded', detail: { waiting: 1 } })
  expect(await worker((sql) => sql`select app.end_stream() as dropped`)).toEqual([{ dropped: '1' }])
  expect(await lookAtStream()).toEqual([])
  await price('2')
  expect(await waiting()).toBe(0)
})

test('answers that are lost: it is sent again, under the same id, and each in its order', async () => {
  const front = await startFront(broker.address)
  for (const value of ['1', '2', '3']) await price(value)
  // The client itself tries twice.
  front.loseAnswersTo(PRODUCE, 2)
  await relayOnce([front.address])
  expect(await waiting()).toBe(3)
  await price('4')
  await relayOnce([front.address])
  expect(await waiting()).toBe(0)
  await front.stop()
  expect(await prices()).toEqual(['1', '2', '3', '1', '2', '3', '1', '2', '3', '4'])
  expect(new Set(await ids()).size).toBe(4)
})

test('a worker that is killed between the broker’s answer and the row’s end: another one sends it again', async () => {
  await price('1')
  const held = await holdAsOwner(adminUrl, (sql) => sql`select from private.outbox for update`)
  const doomed = await startRelaying()
  await connectionsWaitForALock(adminSql)
  expect(await prices()).toEqual(['1'])
  await doomed.kill()
  await adminSql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
  await held.commit()
  expect(await waiting()).toBe(1)

  // It had its turn, and still has.
  await relayOnce([broker.address])
  expect(await waiting()).toBe(1)
  await adminSql`update private.stream_relay set held_until = held_until - interval '1 minute'`
  const next = await startRelaying()
  await waitFor('the row to go', async () => (await waiting()) === 0)
  await next.kill()
  const twice = await ids()
  expect(twice).toEqual([twice[0], twice[0]])
}, 60_000)

test('a database that is away: the relay goes on once it is back', async () => {
  const [row] = await adminSql`select current_database() as name`
  const relay = startRelay([broker.address])
  await price('1')
  await waitFor('the first message', async () => (await waiting()) === 0)
  const away = (is: boolean) =>
    adminSql.unsafe(
      is
        ? `revoke connect on database ${row?.name} from public;
           select pg_terminate_backend(pid) from pg_stat_activity where datname = '${row?.name}' and usename = 'causeway'`
        : `grant connect on database ${row?.name} to public`,
    )
  warned.mockClear()
  await away(true)
  await price('2')
  await waitFor('the failure', () => warned.mock.calls.length > 0)
  await away(false)
  await waitFor('the second message', async () => (await waiting()) === 0)
  await relay?.stop()
  expect(await prices()).toEqual(['1', '2'])
})

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { relayOnce } from '#lib/stream/relay.ts'
import { waitFor } from '#sandbox/http/wait-for.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { type Broker, startBroker } from '#supabase/tests/support/kafka.ts'
import { startFront } from '#supabase/tests/support/kafka-front.ts'
import { forgetRates, tick } from '#supabase/tests/support/rates.ts'

// What a person starts by hand, as processes of their own.

const { adminSql, as } = await testDatabase()
const ROOT = resolve(import.meta.dirname, '../..')

let broker: Broker
const running = new Set<ChildProcess>()
beforeAll(async () => {
  broker = await startBroker()
  await as({ role: 'worker' })((sql) => sql`select app.subscribe_stream(array['ticks', 'events'])`)
})
afterEach(() => {
  for (const child of running) child.kill('SIGKILL')
})
afterAll(() => broker.stop())

/** Starts an entry, and hears all that it says. */
function begin(entry: string, args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [`lib/stream/${entry}.ts`, ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const ended = once(child, 'exit').then(([code]) => ({ code: Number(code), said }))
  return { child, ended, said: () => said }
}

const day = 86_400_000
const write = (price: string, at: number) =>
  tick(adminSql, { asset: 'BTC', currency: 'USD', price, at: new Date(at), origin: 'history' })
const waiting = async () =>
  (await adminSql`select body ->> 'price' as price from private.outbox order by id`).map(({ price }) => price)

test('stream:again sends the prices of a time once more, and says how many', async () => {
  const now = Date.now()
  for (const [price, at] of [
    ['1', now - 3 * day],
    ['2', now - 2 * day],
    ['3', now - 2 * 3_600_000],
  ] as const)
    await write(price, at)
  await relayOnce([broker.address])
  const from = new Date(now - 2.5 * day).toISOString()
  const all = await begin('again', ['--from', from]).ended
  expect(all).toMatchObject({ code: 0, said: expect.stringContaining('"count":2') })
  expect(await waiting()).toEqual(['2', '3'])
  expect(await begin('again', ['--from', from, '--to', new Date(now - day).toISOString()]).ended).toMatchObject({
    code: 0,
  })
  expect(await waiting()).toEqual(['2', '3', '2'])
  expect(await begin('again', []).ended).toMatchObject({ code: 1, said: expect.stringContaining('Say from when') })
})

test('stream:consume writes what comes until it is told to stop; without brokers it says so and ends', async () => {
  expect(await begin('consume', []).ended).toMatchObject({
    code: 1,
    said: expect.stringContaining('KAFKA_BROKERS is not set'),
  })
  await relayOnce([broker.address])
  await forgetRates(adminSql)
  const front = await startFront(broker.address)
  const consumer = begin('consume', ['--group', 'another-database'], { KAFKA_BROKERS: front.address })
  await waitFor('the prices', async () => (await adminSql`select from public.rate_ticks`).length === 3, 30_000)
  expect(consumer.said()).toContain('"group":"another-database"')
  consumer.child.kill('SIGTERM')
  expect((await consumer.ended).code).toBe(0)
  await front.stop()
}, 60_000)

test('stream:end drops what waits, says how much, and nothing is written down any more', async () => {
  await write('4', 600_000)
  const ended = await begin('end', []).ended
  expect(ended).toMatchObject({ code: 0, said: expect.stringMatching(/"dropped":[1-9]/) })
  await write('5', 1_200_000)
  expect(await waiting()).toEqual([])
})

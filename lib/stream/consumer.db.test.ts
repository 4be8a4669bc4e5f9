import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { lookAtStream } from '#lib/health/stream.ts'
import { log } from '#lib/log.ts'
import { type Consumption, startConsumer } from '#lib/stream/consumer.ts'
import { openProducer } from '#lib/stream/producer.ts'
import type { StreamMessage } from '#lib/stream/read-tick.ts'
import { recordTicks } from '#lib/stream/record-ticks.ts'
import { waitFor } from '#sandbox/http/wait-for.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { type Broker, startBroker } from '#supabase/tests/support/kafka.ts'
import { type KafkaFront, OFFSET_COMMIT, startFront } from '#supabase/tests/support/kafka-front.ts'
import { forgetRates } from '#supabase/tests/support/rates.ts'
import { connectionsWaitForALock, holdAsOwner } from '#supabase/tests/support/waits.ts'

// Prices that come by the stream, into a database that reads no source itself.

const { adminSql, adminUrl } = await testDatabase()
const tenMinutes = 600_000
const newest = Math.floor(Date.now() / tenMinutes) * tenMinutes

beforeEach(async () => {
  vi.spyOn(log, 'warn').mockImplementation(() => {})
  vi.spyOn(log, 'info').mockImplementation(() => {})
  await forgetRates(adminSql)
  await adminSql`truncate private.stream_dead_letters`
})

type Told = Record<string, unknown>

/** A price so many times ten minutes ago, as the stream tells of it. */
const told = (ago: number, more: Told = {}): Told => ({
  base: 'BTC',
  quote: 'USD',
  at: new Date(newest - ago * tenMinutes).toISOString(),
  price: '61234.5',
  spreadBasisPoints: 3,
  sources: ['coingecko'],
  observedAt: new Date(newest - ago * tenMinutes).toISOString(),
  origin: 'feed',
  ...more,
})

let offset = 0n
const message = (value: unknown): StreamMessage => ({
  topic: 'causeway.ticks',
  partition: 0,
  offset: offset++,
  key: Buffer.from('BTC'),
  value: Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)),
})

const ticks = async () =>
  await adminSql`select asset, currency, price::text, origin from public.rate_ticks order by asset, at`
const letters = async () =>
  await adminSql`select position::text, value, reason from private.stream_dead_letters d order by d.position`

describe('recordTicks', () => {
  test('a price is written once, however often it comes', async () => {
    const messages = [message(told(1, { price: '61234.123456789012345678' })), message(told(0))]
    expect(await recordTicks(messages)).toEqual({ written: 2, known: 0, refused: 0 })
    const counts = []
    for (let time = 0; time < 99; time++) counts.push(await recordTicks(messages))
    expect(new Set(counts.map((count) => JSON.stringify(count)))).toEqual(
      new Set([JSON.stringify({ written: 0, known: 2, refused: 0 })]),
    )
    expect((await ticks()).map(({ price }) => price)).toEqual(['61234.123456789012345678', '61234.5'])
  })

  test('hours and days are kept with it, also with one that comes late', async () => {
    await recordTicks([message(told(300, { price: '2' })), message(told(0, { price: '3' }))])
    await recordTicks([message(told(301, { price: '1' })), message(told(150, { price: '5' }))])
    const again = await adminSql`
      select h.at from public.rate_hours h join lateral (
        select count(*)::integer as count, sum(t.price) as sum, min(t.price) as low, max(t.price) as high,
          (array_agg(t.price order by t.at))[1] as open, (array_agg(t.price order by t.at desc))[1] as close
        from public.rate_ticks t where t.asset = h.asset and t.currency = h.currency and t.at >= h.at and t.at < h.at + interval '1 hour'
      ) t on (t.count, t.sum, t.low, t.high, t.open, t.close) = (h.count, h.sum, h.low, h.high, h.open, h.close)`
    const [hours] =
      await adminSql`select count(*)::integer as rows, sum(count)::integer as ticks from public.rate_hours`
    const [days] = await adminSql`select sum(count)::integer as ticks, sum(sum)::text as sum from public.rate_days`
    expect(hours).toEqual({ rows: again.length, ticks: 4 })
    expect(days).toEqual({ ticks: 4, sum: '11' })
  })

  test('garbage is kept aside with its reason, once, and holds up nothing', async () => {
    const future = new Date(newest + 2 * tenMinutes).toISOString()
    const messages = [
      message('<html>'),
      message(told(0)),
      message(told(1, { price: 'NaN' })),
      message(told(2, { at: new Date(newest - 2 * tenMinutes + 1).toISOString() })),
      message(told(3, { observedAt: new Date(newest).toISOString() })),
      message(told(4, { price: '0' })),
      message(told(0, { quote: 'EUR', at: future, observedAt: future })),
    ]
    const first = offset - BigInt(messages.length)
    expect(await recordTicks(messages)).toEqual({ written: 1, known: 0, refused: 6 })
    expect(await recordTicks(messages)).toMatchObject({ written: 0, known: 1 })
    const kept = await letters()
    expect(kept.map(({ position, reason }) => [BigInt(position) - first, reason])).toEqual([
      [0n, expect.stringContaining('message: ')],
      [2n, expect.stringContaining('price: ')],
      [3n, expect.stringContaining('rate_bucket_is_ten_minutes')],
      [4n, expect.stringContaining('rate_ticks_are_of_their_bucket')],
      [5n, expect.stringContaining('price_is_more_than_nothing')],
      [6n, 'A price cannot have been observed in the future.'],
    ])
    expect(kept[0]?.value).toBe('<html>')
    expect((await lookAtStream())[0]).toMatchObject({
      status: 'degraded',
      summary: '6 messages that came today could not be used',
    })
  })

  test('another price of the same ten minutes changes nothing, and is kept aside', async () => {
    await recordTicks([message(told(0))])
    expect(await recordTicks([message(told(0, { price: '1' }))])).toEqual({ written: 0, known: 1, refused: 1 })
    expect((await ticks()).map(({ price }) => price)).toEqual(['61234.5'])
    expect(await letters()).toMatchObject([{ reason: 'Another price of these ten minutes was there first.' }])
    // The same number in other digits is the same price.
    expect(await recordTicks([message(told(0, { price: '61234.50' }))])).toEqual({ written: 0, known: 1, refused: 0 })
  })

  test('two at once, each pair in the other’s way: one row each', async () => {
    const both = [message(told(0)), message(told(0, { base: 'ETH' }))]
    const outcomes = await Promise.all([recordTicks(both), recordTicks(both.toReversed()), recordTicks(both)])
    expect(outcomes.map(({ written }) => written).sort()).toEqual([0, 0, 2])
    expect((await ticks()).length).toBe(2)
  })
})

describe('startConsumer', () => {
  let broker: Broker
  let front: KafkaFront
  let consumption: Consumption | undefined
  beforeEach(async () => {
    broker = await startBroker()
    front = await startFront(broker.address)
  })
  afterEach(async () => {
    await consumption?.stop()
    await front.stop()
    await broker.stop()
  })

  const consume = () => {
    consumption = startConsumer({ brokers: [front.address], group: 'tests' })
  }
  const commits = () => front.counts.get(OFFSET_COMMIT) ?? 0
  let id = 0
  const send = async (...bodies: unknown[]) => {
    const producer = await openProducer([broker.address])
    const message = (body: unknown) => ({
      id: String(id++),
      topic: 'ticks' as const,
      key: 'BTC',
      eventId: String(id),
      type: 'rate.tick',
      at: new Date().toISOString(),
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
    await producer.send(bodies.map(message))
    await producer.close()
  }
  const written = (count: number) => waitFor(`${count} prices`, async () => (await ticks()).length === count, 30_000)

  test('takes what waits and what comes, and after a restart goes on where it was', async () => {
    await send(told(2), 'garbage', told(1))
    consume()
    await written(2)
    await send(told(0))
    await written(3)
    await waitFor('the group’s place to move', () => commits() >= 2)
    await consumption?.stop()
    expect(await letters()).toMatchObject([{ value: 'garbage' }])

    await adminSql`truncate private.stream_dead_letters`
    await send(told(3))
    consume()
    await written(4)
    // What was taken before does not come again.
    expect(await letters()).toEqual([])
  }, 60_000)

  test('its place stays where it is until the database has committed', async () => {
    const held = await holdAsOwner(
      adminUrl,
      (sql) => sql`select from public.rate_policies where asset = 'BTC' and currency = 'USD' for update`,
    )
    await send(told(0))
    consume()
    await connectionsWaitForALock(adminSql)
    // As if the database went away at that moment, with all that was not committed.
    await adminSql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
    await connectionsWaitForALock(adminSql)
    expect(commits()).toBe(0)
    expect(await ticks()).toEqual([])
    await held.commit()
    await written(1)
    await waitFor('the group’s place to move', () => commits() === 1)
  }, 60_000)
})

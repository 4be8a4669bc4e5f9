import { createHash, randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { lookAtStream } from '#lib/health/stream.ts'
import { log } from '#lib/log.ts'
import { batchSize, giveBack, takeTurn } from '#lib/stream/outbox.ts'
import { type Relay, relayOnce, startRelay } from '#lib/stream/relay.ts'
import { waitFor } from '#sandbox/http/wait-for.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { type Broker, startBroker } from '#supabase/tests/support/kafka.ts'
import { type Machine, machines, pathTo } from '#supabase/tests/support/machines.ts'
import { tick } from '#supabase/tests/support/rates.ts'
import { holdAsOwner } from '#supabase/tests/support/waits.ts'

// A real outbox, and librdkafka's own mock cluster, which is read back with kcat. Each test has a cluster of its own.

const { adminSql, as, adminUrl } = await testDatabase()
const worker = as({ role: 'worker' })
const minute = 60_000

let broker: Broker
let relays: Relay[] = []
/** Each price of this file is ten minutes older than the one before, so that each is a new one. */
let bucket = Math.floor(Date.now() / (10 * minute))

beforeEach(async () => {
  vi.spyOn(log, 'warn').mockImplementation(() => {})
  broker = await startBroker()
  await worker((sql) => sql`select app.end_stream()`)
})
afterEach(async () => {
  await Promise.all(relays.map((relay) => relay.stop()))
  relays = []
  await broker.stop()
})

const subscribe = () => worker((sql) => sql`select app.subscribe_stream(array['ticks', 'events'])`)
const waiting = async () => (await adminSql`select id from private.outbox`).length
const run = () => {
  const relay = startRelay([broker.address])
  if (relay) relays.push(relay)
}

/** Writes a price and tells its bucket. */
async function price(value: string, asset: 'BTC' | 'ETH' = 'BTC', sql = adminSql): Promise<string> {
  const at = new Date(--bucket * 10 * minute)
  await tick(sql, { asset, currency: 'USD', price: value, at })
  return at.toISOString()
}

const prices = async () => (await broker.read('causeway.ticks')).map(({ value }) => JSON.parse(value).price)

describe('what leaves', () => {
  test('nothing, and nothing is written down for it, while nobody subscribed', async () => {
    await price('60000')
    await relayOnce(undefined)
    expect(await waiting()).toBe(0)
    expect(await lookAtStream()).toEqual([])
  })

  test('a price: by its asset, every digit of it, in the form of a CloudEvent', async () => {
    await subscribe()
    const at = await price('61234.123456789012345678')
    await relayOnce([broker.address])
    expect(await waiting()).toBe(0)
    const [message, ...others] = await broker.read('causeway.ticks')
    expect(others).toEqual([])
    expect(message).toMatchObject({
      key: 'BTC',
      headers: {
        ce_specversion: '1.0',
        ce_id: `BTC/USD/${at.slice(0, 16)}Z`,
        ce_source: 'http://causeway.test',
        ce_type: 'rate.tick',
        'content-type': 'application/json',
      },
    })
    const { at: told, observedAt, ...body } = JSON.parse(message?.value ?? '')
    expect(new Date(told).toISOString()).toBe(at)
    expect(new Date(observedAt).toISOString()).toBe(at)
    expect(body).toEqual({
      base: 'BTC',
      quote: 'USD',
      price: '61234.123456789012345678',
      spreadBasisPoints: 0,
      sources: ['tests'],
      origin: 'feed',
    })
  })

  const streamed = machines.filter(({ name }) =>
    ['onramp_sessions', 'transfers', 'intents', 'circle_transfers', 'links', 'watched_transfers'].includes(name),
  )
  const furthest = (machine: Machine) => {
    const ends = machine.edges.map((edge) => pathTo(machine, edge.split(' ')[1] ?? ''))
    return ends.reduce((longest, path) => (path.length > longest.length ? path : longest))
  }

  test.each(streamed)('every change of status of $name, in its order, and nothing of a person', async (machine) => {
    await subscribe()
    const id = await machine.insert(adminSql, machine.start)
    const path = furthest(machine)
    for (const status of path) await machine.move(adminSql, id, status)
    await relayOnce([broker.address])
    // Whoever knows the id of a link sees the link.
    const name = machine.name === 'links' ? createHash('sha256').update(id).digest('hex') : id
    const messages = (await broker.read('causeway.events')).filter(({ key }) => key === name)
    const bodies = messages.map(({ value }) => JSON.parse(value))
    expect(bodies.map(({ to, version }) => [version, to])).toEqual(
      [machine.start, ...path].map((status, index) => [index + 1, status]),
    )
    expect(new Set(messages.map(({ partition }) => partition)).size).toBe(1)
    const noun = bodies[0]?.noun
    expect(messages.map(({ headers }) => [headers.ce_id, headers.ce_type])).toEqual(
      bodies.map(({ version, to }) => [`${noun}/${name}/${version}`, `${noun}.${to}`]),
    )
    for (const body of bodies) {
      expect(Object.keys(body).sort()).toEqual(['at', 'by', 'from', 'id', 'noun', 'to', 'version'])
      expect([body.id, body.by]).toEqual([name, 'owner'])
    }
  })

  test('of who moved it, only what they are', async () => {
    await subscribe()
    const person = '5e0f8b0a-0000-4000-8000-000000000001'
    const link = await machines.find(({ name }) => name === 'links')?.insert(adminSql, 'open')
    await adminSql`insert into public.link_events (link_id, version, from_status, to_status, actor)
      values (${link ?? null}, 2, 'open', 'cancelled', ${`account:${person}`})`
    const bodies = await adminSql`select body from private.outbox where topic = 'events' order by id`
    expect(bodies.map(({ body }) => [body.to, body.by])).toEqual([
      ['open', 'owner'],
      ['cancelled', 'account'],
    ])
    expect(JSON.stringify(bodies)).not.toContain(person)
  })

  test('nothing of a transaction that was taken back', async () => {
    await subscribe()
    await adminSql
      .begin(async (tx) => {
        await tx`insert into public.rate_ticks (asset, currency, at, price, spread_basis_points, sources, observed_at, origin)
        values ('BTC', 'EUR', timestamptz 'epoch', 1, 0, array['tests'], timestamptz 'epoch', 'feed')`
        await tx`select 1 / 0`
      })
      .catch(() => {})
    expect(await waiting()).toBe(0)
  })

  test('prices of a time once more, for a consumer that is new', async () => {
    await subscribe()
    const at = await price('62000')
    await relayOnce([broker.address])
    const again = (from: string, to: Date) =>
      worker((sql) => sql`select app.stream_ticks_again(${from}, ${to}) as count`)
    expect(await again(at, new Date(Date.parse(at) + minute))).toEqual([{ count: 1 }])
    await relayOnce([broker.address])
    const ids = (await broker.read('causeway.ticks')).map(({ headers }) => headers.ce_id)
    expect(ids).toEqual([ids[0], ids[0]])
  })
})

describe('nothing is lost, and nothing is overtaken', () => {
  test('what commits late is not passed over', async () => {
    await subscribe()
    const late = await holdAsOwner(adminUrl, (sql) =>
      tick(sql, { asset: 'ETH', currency: 'USD', price: '1', at: new Date(0) }),
    )
    await price('2', 'ETH')
    await relayOnce([broker.address])
    expect(await prices()).toEqual(['2'])
    await late.commit()
    await relayOnce([broker.address])
    expect(await prices()).toEqual(['2', '1'])
  })

  test('one relay has its turn until it gives it back, or is not heard of; what it sent by then counts', async () => {
    await subscribe()
    await price('1')
    const [first, second] = [randomUUID(), randomUUID()]
    const { messages } = await takeTurn(first, [])
    expect(messages.map(({ key }) => key)).toEqual(['BTC'])
    expect(await takeTurn(second, [])).toEqual({ holds: false, messages: [] })
    expect((await takeTurn(first, [])).messages).toEqual(messages)

    await adminSql`update private.stream_relay set held_until = held_until - interval '1 minute'`
    expect(await takeTurn(second, [])).toEqual({ holds: true, messages })
    const sent = messages.map(({ id }) => id)
    expect(await takeTurn(first, sent)).toEqual({ holds: false, messages: [] })
    expect(await waiting()).toBe(0)

    await giveBack(second, null)
    expect(await takeTurn(first, [])).toEqual({ holds: true, messages: [] })
    await giveBack(first, null)
  })

  test('several relays at once send each message once, and those of a key in order', async () => {
    await subscribe()
    const rounds = Array.from({ length: 4 * batchSize + 1 }, (_, index) => String(index + 1))
    await adminSql`
      insert into public.rate_ticks (asset, currency, at, price, spread_basis_points, sources, observed_at, origin)
      select 'ETH', 'EUR', a.at, a.price, 0, array['tests'], a.at, 'feed'
      from (select price, timestamptz 'epoch' + price * interval '10 minutes' as at from generate_series(1, ${rounds.length}) price) a`
    run()
    run()
    run()
    await waitFor('the last message', async () => (await waiting()) === 0)
    expect(await prices()).toEqual(rounds)
  })
})

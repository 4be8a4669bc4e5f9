import { createHash, randomUUID } from 'node:crypto'
import fc from 'fast-check'
import postgres from 'postgres'
import { afterAll, expect, test } from 'vitest'
import { withContext } from '#lib/telemetry/context.ts'
import { receiveStripeWebhook } from '#lib/webhooks/receive.ts'
import { waitFor } from '#sandbox/http/wait-for.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { signed } from '#supabase/tests/support/stripe-webhook.ts'

// Deliveries that come together are stored together, and nobody can tell from what is kept or answered.

process.env.STRIPE_WEBHOOK_SECRETS = 'whsec_current'
const { adminSql, url } = await testDatabase()

const bodyOf = (id: string, type = 'customer.created', noise = '') => JSON.stringify({ id, type, noise })
const deliver = (body: string) => receiveStripeWebhook(signed(body, 'whsec_current'))
const kept = (ids: string[]) => adminSql`
  select w.id, w.event_id, w.body, w.deliveries, w.xmin::text as transaction,
    (select count(*)::integer from public.webhook_event_history h where h.webhook_event_id = w.id) as history,
    (select count(*)::integer from graphile_worker.jobs j where j.key = 'webhook:' || w.id) as jobs,
    (select array_agg(a.detail ->> 'body_sha256' order by a.detail ->> 'body_sha256') from public.audit_log a where a.subject = w.id::text) as changed
  from public.webhook_events w where w.event_id = any(${ids})`

const twins = [1, 2].map(() => postgres(url, { max: 1, prepare: false }))
afterAll(() => Promise.all(twins.map((twin) => twin.end())))

test('however often and in whatever order and shape events come at once, it is as if they had come one by one', async () => {
  const deliveries = fc.array(fc.record({ event: fc.nat({ max: 4 }), noise: fc.constantFrom('', 'x', 'y') }), {
    minLength: 1,
    maxLength: 40,
  })
  await fc.assert(
    fc.asyncProperty(deliveries, async (plan) => {
      const run = randomUUID()
      const sent = plan.map(({ event, noise }) => ({
        id: `evt_${event}_${run}`,
        body: bodyOf(`evt_${event}_${run}`, 't', noise),
      }))
      const outcomes = await Promise.all(sent.map(({ body }) => deliver(body)))

      const ids = [...new Set(sent.map(({ id }) => id))]
      const rows = await kept(ids)
      expect(rows).toHaveLength(ids.length)
      for (const row of rows) {
        const own = sent.flatMap(({ id, body }, index) => (id === row.event_id ? [{ body, ...outcomes[index] }] : []))
        expect(new Set(own.map(({ id }) => id))).toEqual(new Set([row.id]))
        const first = own.filter(({ isNew }) => isNew)
        expect(first).toHaveLength(1)
        expect(Buffer.from(row.body).toString()).toBe(first[0]?.body)
        const changed = own.filter(({ body }) => body !== first[0]?.body)
        expect(row).toMatchObject({ deliveries: own.length, history: 1, jobs: 1 })
        expect(row.changed ?? []).toEqual(
          changed.map(({ body }) => createHash('sha256').update(body).digest('hex')).toSorted(),
        )
      }
    }),
    { numRuns: 30 },
  )
})

test('what comes at once shares its commits', async () => {
  const ids = Array.from({ length: 40 }, () => `evt_${randomUUID()}`)
  await Promise.all(ids.map((id) => deliver(bodyOf(id))))
  const rows = await kept(ids)
  expect(rows).toHaveLength(40)
  expect(new Set(rows.map(({ transaction }) => transaction)).size).toBeLessThan(5)
})

test('an event that the database refuses fails alone, and its neighbours are kept', async () => {
  await adminSql`alter table public.webhook_events add constraint no_poison check (type <> 'poison') not valid`
  const ids = Array.from({ length: 8 }, () => `evt_${randomUUID()}`)
  const outcomes = await Promise.allSettled(
    ids.map((id, index) => deliver(bodyOf(id, index === 3 ? 'poison' : 'customer.created'))),
  )
  await adminSql`alter table public.webhook_events drop constraint no_poison`
  expect(outcomes.flatMap(({ status }, index) => (status === 'rejected' ? [index] : []))).toEqual([3])
  expect(outcomes[3]).toMatchObject({ reason: { code: '23514', constraint_name: 'no_poison' } })
  const rows = await kept(ids)
  expect(new Set(rows.map(({ event_id }) => event_id))).toEqual(new Set(ids.filter((_, index) => index !== 3)))
  expect(rows.map(({ deliveries, jobs }) => ({ deliveries, jobs }))).toEqual(Array(7).fill({ deliveries: 1, jobs: 1 }))
})

test('where the database goes away before the commit nobody is told that anything was kept', async () => {
  const ids = Array.from({ length: 5 }, () => `evt_${randomUUID()}`).toSorted()
  const last = ids.at(-1) ?? ''
  const other = await adminSql.reserve()
  await other`begin`
  await other`insert into public.webhook_events (source, event_id, type, body, signature, signed_at)
    values ('stripe', ${last}, 't', '', 'current_key', now())`
  const outcomes = Promise.allSettled(ids.map((id) => deliver(bodyOf(id))))
  const pid = await waitFor('the batch to wait for the other transaction', async () => {
    const [row] = await adminSql`select pid from pg_stat_activity where datname = current_database()
      and wait_event_type = 'Lock' and query like '%receive_webhooks%'`
    return row?.pid
  })
  await adminSql`select pg_terminate_backend(${pid})`
  expect((await outcomes).map(({ status }) => status)).toEqual(Array(5).fill('rejected'))
  await other`rollback`
  other.release()
  expect(await kept(ids)).toEqual([])
})

test('two processes that get the same events in opposite orders do not block each other', async () => {
  for (let round = 0; round < 10; round += 1) {
    const ids = Array.from({ length: 50 }, () => `evt_${randomUUID()}`)
    const batch = (order: string[]) =>
      JSON.stringify(
        order.map((event_id) => ({
          event_id,
          type: 't',
          body: '',
          signature: 'current_key',
          signed_at: new Date(),
        })),
      )
    for (const _ of ['new', 'known']) {
      await Promise.all(
        twins.map((twin, index) =>
          twin.begin((sql) => [
            sql`set local role webhook`,
            sql`select from app.receive_webhooks('stripe', ${batch(index === 0 ? ids : ids.toReversed())}::text::jsonb)`,
          ]),
        ),
      )
    }
    expect((await kept(ids)).map(({ deliveries, jobs }) => ({ deliveries, jobs }))).toEqual(
      Array(50).fill({ deliveries: 4, jobs: 1 }),
    )
  }
})

test('each job knows the request that brought its event, and not its neighbour’s', async () => {
  const ids = Array.from({ length: 4 }, () => `evt_${randomUUID()}`)
  await Promise.all(ids.map((id) => withContext({ requestId: `request-of-${id}` }, () => deliver(bodyOf(id)))))
  const rows = await adminSql`
    select w.event_id, j.payload -> 'cause' ->> 'requestId' as request
    from public.webhook_events w join graphile_worker._private_jobs j on j.key = 'webhook:' || w.id where w.event_id = any(${ids})`
  expect(rows.map(({ event_id, request }) => request === `request-of-${event_id}`)).toEqual([true, true, true, true])
})

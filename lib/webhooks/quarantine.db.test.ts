import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { drainJobs } from '#lib/jobs/drain.ts'
import { scheduleStalledWork } from '#lib/jobs/schedule-stalled-work.ts'
import { log } from '#lib/log.ts'
import { replayWebhookEvent } from '#lib/webhooks/replay.ts'
import { type Bench, noChain, startBench } from '#sandbox/stripe/bench.ts'
import { introduceCast, olga } from '#supabase/tests/support/cast.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { handle, later, pauseOf, poison, purchase, receive, stripeIs } from '#supabase/tests/support/inbox.ts'

// An event that cannot be handled is tried again ever more seldom and then put aside. A Stripe that is away is waited for.

const { adminSql, as } = await testDatabase()
const worker = as({ role: 'worker' })

let bench: Bench

beforeAll(async () => {
  bench = await startBench(noChain)
  process.env.STRIPE_API_URL = bench.url()
  await introduceCast(adminSql)
})
beforeEach(async () => {
  // Failures are worth a word in the log, and here they are meant.
  vi.spyOn(log, 'warn').mockImplementation(() => {})
  vi.spyOn(log, 'error').mockImplementation(() => {})
  await adminSql`delete from graphile_worker._private_jobs`
})
afterEach(() => bench.call('DELETE', '/sandbox/faults'))
afterAll(() => bench.stop())

const read = async (id: string) => (await adminSql`select * from public.webhook_events where id = ${id}`)[0]
const jobOf = async (id: string) =>
  (await adminSql`select run_at, priority from graphile_worker.jobs where key = ${`webhook:${id}`}`)[0]
const trail = async (id: string) => {
  const rows =
    await adminSql`select to_status from public.webhook_event_history where webhook_event_id = ${id} order by version`
  return rows.map(({ to_status: status }) => status)
}

/** So many attempts that are begun and never end, one after the other. */
async function cutOff(id: string, times: number): Promise<void> {
  for (let attempt = 0; attempt < times; attempt += 1)
    expect(await worker((sql) => sql`select from app.start_webhook(${id})`)).toHaveLength(1)
}

describe('an event that cannot be handled', () => {
  test('is tried six times in some two hours, each pause longer, and is quarantined with its reason', async () => {
    const id = await poison()
    const pauses: number[] = []
    for (let attempt = 1; attempt < 6; attempt += 1) {
      await handle(id)
      expect(await read(id)).toMatchObject({ status: 'failed', attempts: attempt, faults: attempt, processed_at: null })
      pauses.push(await pauseOf(adminSql, id))
    }
    for (const [index, least] of [10, 50, 250, 1250, 6250].entries()) {
      expect(pauses[index]).toBeGreaterThan(least - 1)
      expect(pauses[index]).toBeLessThanOrEqual(least * 1.25)
    }
    await handle(id)
    expect(await read(id)).toMatchObject({ status: 'quarantined', attempts: 6, next_attempt_at: null })
    expect((await read(id))?.last_error).toMatch(/No such/)
    expect(await trail(id)).toEqual(['received', 'failed', 'quarantined'])
    expect(log.error).toHaveBeenCalledExactlyOnceWith('a webhook is quarantined', expect.anything())
  })

  test('is left alone once it is quarantined, however long', async () => {
    const id = await poison()
    await handle(id, 6)
    await adminSql`delete from graphile_worker._private_jobs`
    const before = await read(id)
    await handle(id)
    await later(adminSql, '30 days')
    await scheduleStalledWork()
    expect(await jobOf(id)).toBeUndefined()
    await drainJobs()
    expect({ ...(await read(id)), received_at: null }).toEqual({ ...before, received_at: null })
  })

  test('and takes its worker down each time is quarantined too, although nobody ever says so', async () => {
    const id = await poison()
    await cutOff(id, 24)
    expect(await worker((sql) => sql`select from app.start_webhook(${id})`)).toEqual([])
    expect(await read(id)).toMatchObject({ status: 'quarantined', attempts: 24 })
    expect((await read(id))?.last_error).toMatch(/worker/)
  })

  test('fails for two workers at the same moment as it would for one', async () => {
    const id = await poison()
    await Promise.all([handle(id), handle(id)])
    expect(await read(id)).toMatchObject({ status: 'failed', attempts: 2 })
    expect(await adminSql`select from graphile_worker.jobs where key = ${`webhook:${id}`}`).toHaveLength(1)
    expect(await trail(id)).toEqual(['received', 'failed'])
  })

  test('keeps a reason of bounded length', async () => {
    const id = await poison()
    await worker((sql) => sql`select app.start_webhook(${id})`)
    await worker((sql) => sql`select app.finish_webhook(${id}, 'failed', ${'x'.repeat(100_000)})`)
    expect((await read(id))?.last_error).toHaveLength(2000)
  })
})

describe('while Stripe is away', () => {
  test.each([500, 503, 429, 401, 403, 0])(
    '(%i) its events wait, and none of their attempts is used up',
    async (status) => {
      const id = await receive(await purchase(adminSql))
      await stripeIs(bench, status)
      await handle(id, 12)
      expect(await read(id)).toMatchObject({ status: 'failed', attempts: 12, faults: 0 })
      await bench.call('DELETE', '/sandbox/faults')
      await handle(id)
      expect(await read(id)).toMatchObject({ status: 'processed', last_error: null, next_attempt_at: null })
    },
  )

  test('they wait as long again as they have waited, and an hour at most, for three days', async () => {
    const id = await receive(await purchase(adminSql))
    await stripeIs(bench, 503)
    await handle(id)
    expect(await pauseOf(adminSql, id)).toBeGreaterThan(29)
    expect(await pauseOf(adminSql, id)).toBeLessThan(38)
    for (const [passed, least] of [
      ['10 minutes', 600],
      ['20 minutes', 1800],
      ['10 hours', 3600],
      ['61 hours', 3600],
    ] as const) {
      await later(adminSql, passed)
      await handle(id)
      expect(await read(id)).toMatchObject({ status: 'failed', faults: 0 })
      expect(await pauseOf(adminSql, id)).toBeGreaterThan(least - 1)
      expect(await pauseOf(adminSql, id)).toBeLessThan(least * 1.25 + 1)
    }
    await later(adminSql, '1 hour')
    await handle(id)
    expect(await read(id)).toMatchObject({ status: 'quarantined' })
    expect((await read(id))?.last_error).toMatch(/error/i)
  })

  test('an event whose attempts were cut off while it hung is handled once it answers', async () => {
    const id = await receive(await purchase(adminSql))
    await cutOff(id, 10)
    await stripeIs(bench, 503)
    await handle(id)
    expect((await read(id))?.status).toBe('failed')
    await bench.call('DELETE', '/sandbox/faults')
    await handle(id)
    expect((await read(id))?.status).toBe('processed')
  })

  test('what fails on itself afterwards has all its attempts', async () => {
    const id = await poison()
    await stripeIs(bench, 500)
    await handle(id, 10)
    await bench.call('DELETE', '/sandbox/faults')
    await handle(id, 5)
    expect(await read(id)).toMatchObject({ status: 'failed', attempts: 15, faults: 5 })
    await handle(id)
    expect((await read(id))?.status).toBe('quarantined')
  })
})

describe('an event about a session', () => {
  test.each([
    ['that Stripe does not know either', async () => 'cos_that_nobody_knows', /Stripe does not know/],
    ['of somebody else', async () => (await bench.session()).id, /none of ours/],
  ])('%s is ignored, with the reason, at the first attempt', async (_, name, reason) => {
    const id = await receive(await name())
    await handle(id)
    expect(await read(id)).toMatchObject({ status: 'ignored', attempts: 1, last_error: null })
    expect((await read(id))?.ignored_because).toMatch(reason)
  })
})

describe('a replay of what is quarantined', () => {
  test('gives it all its attempts again, under the operator’s name, and keeps the reason meanwhile', async () => {
    const id = await poison()
    await handle(id, 6)
    const { last_error: reason } = (await read(id)) ?? {}
    await replayWebhookEvent({ actor: olga, id })
    expect(await read(id)).toMatchObject({ status: 'received', faults: 0, attempts: 6, last_error: reason })
    expect((await jobOf(id))?.run_at.getTime()).toBeLessThanOrEqual(Date.now())
    const audit = await adminSql`select actor, action, detail from public.audit_log where subject = ${id}`
    expect(audit).toEqual([
      { actor: `account:${olga.userId}`, action: 'webhook.replay', detail: { from_status: 'quarantined' } },
    ])

    await handle(id, 5)
    expect(await read(id)).toMatchObject({ status: 'failed', attempts: 11, faults: 5 })
    await handle(id)
    expect(await trail(id)).toEqual(['received', 'failed', 'quarantined', 'received', 'failed', 'quarantined'])
  })

  test('waits for Stripe three days again', async () => {
    const id = await receive(await purchase(adminSql))
    await stripeIs(bench, 503)
    await handle(id)
    await later(adminSql, '3 days')
    await handle(id)
    expect((await read(id))?.status).toBe('quarantined')
    await replayWebhookEvent({ actor: olga, id })
    await handle(id)
    await later(adminSql, '2 days')
    await handle(id)
    expect((await read(id))?.status).toBe('failed')
  })

  test('while an attempt still runs is not undone by how that one ends', async () => {
    const id = await poison()
    await handle(id)
    await worker((sql) => sql`select app.start_webhook(${id})`)
    await replayWebhookEvent({ actor: olga, id })
    await worker((sql) => sql`select app.finish_webhook(${id}, 'failed', 'late')`)
    expect(await read(id)).toMatchObject({ status: 'failed', faults: 0 })
    expect(await pauseOf(adminSql, id)).toBeLessThan(13)
  })
})

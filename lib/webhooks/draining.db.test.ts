import { runOnce } from 'graphile-worker'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { drainJobs } from '#lib/jobs/drain.ts'
import { jobLogger } from '#lib/jobs/logger.ts'
import { scheduleStalledWork } from '#lib/jobs/schedule-stalled-work.ts'
import { taskList } from '#lib/jobs/tasks.ts'
import { log } from '#lib/log.ts'
import { type Bench, noChain, startBench } from '#sandbox/stripe/bench.ts'
import { introduceCast } from '#supabase/tests/support/cast.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { handle, later, poison, purchase, receive } from '#supabase/tests/support/inbox.ts'

// The real queue between events that can be handled and events that cannot: nothing stands in the way of anything else, nothing
// comes before its time, and nothing stays open.

const { adminSql, url } = await testDatabase()

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

test('the queue takes an event up again when its pause is over, and neither it nor who looks for stalled work does so before', async () => {
  const id = await poison()
  await drainJobs()
  await handle(id)
  await handle(id)
  const { run_at: planned } = (await jobOf(id)) ?? {}
  for (let minute = 0; minute < 3; minute += 1) {
    await scheduleStalledWork()
    await drainJobs()
  }
  expect((await jobOf(id))?.run_at).toEqual(planned)
  expect(await read(id)).toMatchObject({ attempts: 3 })

  await later(adminSql, '6 minutes')
  await drainJobs()
  expect(await read(id)).toMatchObject({ attempts: 4, status: 'failed' })
})

test('the queue gets back a job that was lost, when its time has come and not before', async () => {
  const id = await poison()
  await handle(id, 4)
  await adminSql`delete from graphile_worker._private_jobs`
  await later(adminSql, '15 minutes')
  await scheduleStalledWork()
  expect(await jobOf(id)).toBeUndefined()
  await later(adminSql, '15 minutes')
  await scheduleStalledWork()
  expect(await jobOf(id)).toBeDefined()
  await scheduleStalledWork()
  await drainJobs()
  expect(await read(id)).toMatchObject({ attempts: 5, status: 'failed' })
})

test('the queue comes through poison to what is good, in one drain, with one attempt of each', async () => {
  const bad = await Promise.all(Array.from({ length: 30 }, poison))
  const session = await purchase(adminSql)
  const good = await Promise.all(Array.from({ length: 10 }, () => receive(session)))
  await drainJobs()
  for (const id of good) expect(await read(id)).toMatchObject({ status: 'processed', attempts: 1 })
  for (const id of bad) expect(await read(id)).toMatchObject({ status: 'failed', attempts: 1 })
})

test('the queue lets what is new go before what is tried again, however much of it is due', async () => {
  const bad = await Promise.all(Array.from({ length: 10 }, poison))
  await drainJobs()
  await later(adminSql, '1 hour')
  const good = await receive(await purchase(adminSql))
  await runOnce({ connectionString: url, concurrency: 1, noPreparedStatements: true, logger: jobLogger, taskList })
  expect((await read(good))?.status).toBe('processed')
  const handledAt = (await read(good))?.last_attempt_at
  for (const id of bad) expect((await read(id))?.last_attempt_at.getTime()).toBeGreaterThan(handledAt.getTime())
})

test('the queue leaves nothing open in the end: each event is processed, ignored or quarantined', async () => {
  const session = await purchase(adminSql)
  const ids = [
    ...(await Promise.all(Array.from({ length: 3 }, poison))),
    await receive(session),
    await receive('cos_that_nobody_knows'),
    await receive('x', 'customer.created'),
    await receive('x', 'unreadable'),
  ]
  for (let round = 0; round < 6; round += 1) {
    await drainJobs()
    await later(adminSql, '3 hours')
    await scheduleStalledWork()
  }
  const rows = await adminSql`
    select status, count(*)::int from public.webhook_events where id = any(${ids}) group by 1 order by 1`
  expect(rows).toEqual([
    { status: 'ignored', count: 3 },
    { status: 'processed', count: 1 },
    { status: 'quarantined', count: 3 },
  ])
  expect(await adminSql`select from graphile_worker.jobs where task_identifier = 'process_webhook'`).toEqual([])
})

import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { retryJob } from '#lib/jobs/retry.ts'
import { listAudit, listAuditActions } from '#lib/operate/audit.ts'
import { deskCounts } from '#lib/operate/counts.ts'
import { getJob, jobCounts, jobsOf, listJobs } from '#lib/operate/jobs.ts'
import { alice, guest, introduceCast, olga } from '#supabase/tests/support/cast.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { refusalOf } from '#supabase/tests/support/refusal.ts'
import { connectionsWaitForALock, hold } from '#supabase/tests/support/waits.ts'

// The queue as an operator sees it, and the one thing that is done to a job.

const { adminSql, as, url } = await testDatabase()

const sessionId = '5f0c1c1e-7d0c-4a63-9d50-1f2c3b4a5d6e'

beforeAll(() => introduceCast(adminSql))
beforeEach(() => adminSql`delete from graphile_worker._private_jobs`)

type Arrange = { task?: string; key?: string | null; payload?: object; set?: string }

/** A job in the state that `set` puts it into. */
async function addJob({ task = 'deliver_onramp_session', key, payload = { sessionId }, set }: Arrange = {}) {
  const [row] =
    await adminSql`select id::text from graphile_worker.add_job(${task}, ${JSON.stringify(payload)}::text::json, job_key => ${key ?? null}, max_attempts => 25)`
  if (set) await adminSql.unsafe(`update graphile_worker._private_jobs set ${set} where id = ${row?.id}`)
  return String(row?.id)
}

const failed = `attempts = 25, last_error = 'HTTP request failed. URL: https://node.example/v2/a-secret-key'`
const read = (id: string) => getJob({ actor: olga, id })
const audit = (id: string) => adminSql`select actor, action, detail from public.audit_log where subject = ${id}`

describe('a job is', () => {
  test.each([
    ['due', undefined],
    ['waiting', `run_at = now() + interval '1 hour'`],
    ['running', `locked_at = now(), locked_by = 'pool-a', attempts = 1`],
    ['retrying', `attempts = 3, run_at = now() + interval '1 minute'`],
    ['failed', failed],
    // What the queue does to a job whose key is given to a newer one.
    ['replaced', 'attempts = 25, key = null'],
  ])('%s', async (state, set) => {
    const id = await addJob({ key: 'a key', ...(set ? { set } : {}) })
    expect(await read(id)).toMatchObject({ state, task: 'deliver_onramp_session', sessionId })
    expect((await listJobs({ actor: olga, state: state as 'due' })).items.map((job) => job.id)).toEqual([id])
    expect((await jobCounts({ actor: olga })).counts).toMatchObject({ [state]: 1 })
  })

  test('failed, not replaced, where it never had a key: a job by the clock', async () => {
    const id = await addJob({ task: 'reconcile', payload: {}, set: failed })
    expect((await read(id)).state).toBe('failed')
  })

  test('shown without its payload and without the keys in its error', async () => {
    const id = await addJob({ payload: { sessionId, secret: 'of-somebody' }, set: failed })
    const text = JSON.stringify(await read(id))
    expect(text).toContain('https://node.example/…')
    expect(text).not.toMatch(/a-secret-key|of-somebody/)
  })
})

test('jobs come each once over all pages, and by key, task and state', async () => {
  const ids = []
  for (let index = 0; index < 5; index += 1) ids.push(await addJob({ key: `deliver:${index}` }))
  const clock = await addJob({ task: 'reconcile', payload: {} })
  const seen: string[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof listJobs>> = await listJobs({
      actor: olga,
      limit: 2,
      ...(cursor ? { cursor } : {}),
    })
    seen.push(...page.items.map(({ id }) => id))
    cursor = page.nextCursor
  } while (cursor)
  expect(seen).toEqual([clock, ...ids.toReversed()])
  expect((await listJobs({ actor: olga, task: 'reconcile' })).items.map(({ id }) => id)).toEqual([clock])
  expect((await jobsOf({ actor: olga, keys: ['deliver:1', 'deliver:3', 'none'] })).map(({ id }) => id)).toEqual([
    ids[3],
    ids[1],
  ])
  await expect(listJobs({ actor: olga, cursor: '1; drop' })).rejects.toMatchObject({ code: 'invalid_cursor' })
})

test('the counts tell since when the oldest due job waits, and the desk how many failed', async () => {
  await addJob({ set: `run_at = '2026-01-01T00:00:00Z'` })
  await addJob({ set: `attempts = 1, run_at = now() + interval '1 hour'` })
  await addJob({ key: 'kept', set: failed })
  await addJob({ task: 'reconcile', payload: {} })
  const { oldestDueAt, tasks } = await jobCounts({ actor: olga })
  expect(oldestDueAt).toBe('2026-01-01T00:00:00.000Z')
  expect(tasks.map(({ task, counts }) => [task, counts.due, counts.retrying, counts.failed])).toEqual([
    ['deliver_onramp_session', 1, 1, 1],
    ['reconcile', 1, 0, 0],
  ])
  expect((await deskCounts({ actor: olga })).failedJobs).toBe(1)
})

describe('a retry', () => {
  test.each([
    ['failed', failed],
    ['retrying', `attempts = 3, run_at = now() + interval '6 hours'`],
    ['waiting', `run_at = now() + interval '1 hour'`],
  ])('of a job that is %s makes it due with all its attempts, and is written down', async (_state, set) => {
    const id = await addJob({ key: `deliver:${sessionId}`, set })
    const before = await read(id)
    await retryJob({ actor: olga, id })
    expect(await read(id)).toMatchObject({ state: 'due', attempts: 0, lastError: before.lastError })
    expect(await audit(id)).toEqual([
      {
        actor: `account:${olga.userId}`,
        action: 'job.retry',
        detail: { task: 'deliver_onramp_session', key: `deliver:${sessionId}`, attempts: before.attempts },
      },
    ])
  })

  test.each([
    ['running', `locked_at = now(), locked_by = 'pool-a', attempts = 1`, /runs now/],
    ['replaced', 'attempts = 25, key = null', /newer job/],
    ['due', 'attempts = 0', /due already/],
  ])('of a job that is %s is refused, and changes nothing', async (_state, set, detail) => {
    const id = await addJob({ key: 'a key', set })
    const before = await read(id)
    await expect(retryJob({ actor: olga, id })).rejects.toMatchObject({
      code: 'wrong_state',
      detail: expect.stringMatching(detail),
    })
    expect(await read(id)).toEqual(before)
    expect(await audit(id)).toEqual([])
  })

  test('twice is once', async () => {
    const id = await addJob({ key: 'a key', set: failed })
    await retryJob({ actor: olga, id })
    expect(await refusalOf(retryJob({ actor: olga, id }))).toBe('CWSTA')
    expect(await audit(id)).toHaveLength(1)
  })

  test('by two at the same moment is one’s: the other is told that it is due', async () => {
    const id = await addJob({ key: 'a key', set: failed })
    const one = await hold(url, olga, (sql) => sql`select app.retry_job(${id})`)
    const other = refusalOf(retryJob({ actor: olga, id }))
    await connectionsWaitForALock(adminSql)
    await one.commit()
    expect(await other).toBe('CWSTA')
    expect(await audit(id)).toHaveLength(1)
  })

  test('of a job that is done, or of none, is not found', async () => {
    for (const id of ['1', '999999999999999999', '0', '-1', 'none', '9'.repeat(30)]) {
      await expect(retryJob({ actor: olga, id }), id).rejects.toMatchObject({ status: 404 })
    }
  })

  test('is an operator’s alone, and leaves nothing behind when refused', async () => {
    const id = await addJob({ key: 'a key', set: failed })
    const before = await read(id)
    await expect(retryJob({ actor: alice, id })).rejects.toMatchObject({ status: 403 })
    await expect(retryJob({ actor: guest(), id })).rejects.toMatchObject({ status: 404 })
    await expect(retryJob({ actor: { role: 'worker' }, id })).rejects.toMatchObject({ status: 404 })
    for (const actor of [guest(), { role: 'worker' } as const]) {
      expect(await refusalOf(as(actor)((sql) => sql`select app.retry_job(${id})`))).toBe('42501')
    }
    expect(await read(id)).toEqual(before)
    expect(await audit(id)).toEqual([])
  })
})

test('what the desk reads by command it reads for operators only', async () => {
  const queries = [
    'read_jobs()',
    'read_job_counts()',
    `read_attempts(array['${sessionId}']::uuid[])`,
    `find_attempt('0x${'0'.repeat(64)}')`,
    'read_treasury_observations()',
    `find_webhooks_of_session('cos_1')`,
    `find_webhooks_of_type('t')`,
  ]
  for (const query of queries) {
    expect(await refusalOf(as(alice)((sql) => sql.unsafe(`select from app.${query}`))), query).toBe('CWFRB')
    expect(await refusalOf(as(guest())((sql) => sql.unsafe(`select from app.${query}`))), query).toBe('42501')
  }
})

test('the audit log is read by actor, action and subject, each entry once over all pages, by operators only', async () => {
  const id = await addJob({ key: 'a key', set: failed })
  await retryJob({ actor: olga, id })
  const by = `account:${olga.userId}`
  const mine = await listAudit({ actor: olga, by, action: 'job.retry', subject: id })
  expect(mine.items).toMatchObject([{ actor: by, action: 'job.retry', subject: id }])
  const first = await listAudit({ actor: olga, limit: 1 })
  const rest = await listAudit({ actor: olga, limit: 200, ...(first.nextCursor ? { cursor: first.nextCursor } : {}) })
  const all = await listAudit({ actor: olga, limit: 200 })
  expect([...first.items, ...rest.items]).toEqual(all.items)
  expect(await listAuditActions({ actor: olga })).toEqual(['job.retry'])
  expect((await listAudit({ actor: alice })).items).toEqual([])
  expect(await listAuditActions({ actor: alice })).toEqual([])
})

import { createHash, randomUUID } from 'node:crypto'
import { context, ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api'
import { runOnce, type TaskList } from 'graphile-worker'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { as } from '#lib/db/as.ts'
import { route } from '#lib/http/route.ts'
import { jobLogger } from '#lib/jobs/logger.ts'
import { observed } from '#lib/jobs/observed.ts'
import { startTelemetry, stopTelemetry } from '#lib/telemetry/start.ts'
import { storeDelivery } from '#lib/webhooks/store.ts'
import type { StoredSpan } from '#sandbox/traces/spans.ts'
import { startTraces, type TracesStandIn } from '#sandbox/traces/start.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'

// A request, the command it calls, the job that queues and what that job does: one trace, sent to a real receiver.

const { adminSql, url } = await testDatabase()
const receiver: TracesStandIn = await startTraces({ port: 0 })
process.env.OTEL_EXPORTER_OTLP_ENDPOINT = receiver.url
process.env.OTEL_BSP_SCHEDULE_DELAY = '20'

beforeAll(() => startTelemetry('causeway-worker'))
afterAll(async () => {
  await stopTelemetry()
  await receiver.stop()
})

let lines: Record<string, unknown>[]
beforeEach(async () => {
  lines = []
  const hear = (line: string): void => void lines.push(JSON.parse(line))
  vi.spyOn(console, 'log').mockImplementation(hear)
  vi.spyOn(console, 'error').mockImplementation(hear)
  await adminSql`delete from graphile_worker._private_jobs`
})

/** What Next does around a route. */
const asNext = <Result>(run: () => Promise<Result>): Promise<Result> =>
  trace.getTracer('next').startActiveSpan('POST /test', { kind: SpanKind.SERVER }, ROOT_CONTEXT, async (span) => {
    try {
      return await run()
    } finally {
      span.end()
    }
  })

/** A command that queues a job. */
const fetched = (): Promise<unknown> =>
  as({ role: 'worker' })(
    (sql) =>
      sql`select app.store_fetched_event('stripe', ${`evt_${randomUUID()}`}, 'a.type', ${Buffer.from('{}')}, ${new Date()})`,
  )

const arrive = (headers: Record<string, string> = {}): Promise<Response> =>
  asNext(() => handler(new Request('http://causeway.test/api/test', { method: 'POST', headers }), {}))
const handler = route(async () => {
  const event = { type: 'a.type', body: Buffer.from('{}'), signature: 'current_key', signedAt: new Date() } as const
  await storeDelivery('stripe', { eventId: `evt_${randomUUID()}`, ...event })
  return Response.json({})
})

const work = (taskList: TaskList): Promise<void> =>
  runOnce({ connectionString: url, noPreparedStatements: true, logger: jobLogger, taskList: observed(taskList) })

const jobs = () => adminSql`select payload from graphile_worker._private_jobs`
const lineOf = (message: string) => lines.find((line) => line.message === message)

/** Every span of the trace, once one of that name has come. */
async function traceWith(name: string, holds: (span: StoredSpan) => boolean): Promise<StoredSpan[]> {
  return await vi.waitFor(
    () => {
      const found = receiver.spans().find((span) => span.name === name && holds(span))
      if (!found) throw new Error(`No span ${name} yet.`)
      return receiver.spans().filter(({ traceId }) => traceId === found.traceId)
    },
    { timeout: 10_000 },
  )
}

test('a request, its command, its job, the job’s command and the job that this queues are one trace', async () => {
  const answer = await arrive({ 'x-request-id': 'request-of-the-test' })
  expect(answer.headers.get('x-request-id')).toBe('request-of-the-test')
  let runs = 0
  await work({
    process_webhook: async () => {
      runs += 1
      if (runs > 1) return
      await as({ role: 'worker' })((sql) => sql`select app.schedule_stalled_work()`)
      await fetched()
    },
  })

  const jobId = String(lines.filter(({ message }) => message === 'job').at(-1)?.jobId)
  const spans = await traceWith('job process_webhook', ({ attributes }) => attributes['causeway.job_id'] === jobId)
  const named = (name: string) => spans.filter((span) => span.name === name)
  const [request] = named('POST /test')
  const [first] = named('app.receive_webhooks')
  const [second] = named('app.store_fetched_event')
  const [firstJob, secondJob] = named('job process_webhook')
  expect(request?.parentId).toBeNull()
  expect(first?.parentId).toBe(request?.spanId)
  // Deliveries that come together share a command, so a job of one belongs to its request.
  expect(firstJob?.parentId).toBe(request?.spanId)
  expect(named('app.schedule_stalled_work')[0]?.parentId).toBe(firstJob?.spanId)
  expect(second?.parentId).toBe(firstJob?.spanId)
  expect(secondJob?.parentId).toBe(second?.spanId)
  expect(firstJob?.attributes).toMatchObject({
    'causeway.request_id': 'request-of-the-test',
    'causeway.task': 'process_webhook',
    'causeway.attempt': '1',
    'causeway.webhook_event_id': expect.stringMatching(/^[0-9a-f-]{36}$/),
  })
  expect(first?.attributes).toMatchObject({ 'causeway.role': 'webhook', 'db.system.name': 'postgresql' })

  const traceId = request?.traceId
  expect(lineOf('request')).toMatchObject({
    requestId: 'request-of-the-test',
    traceId,
    method: 'POST',
    route: '/api/test',
    status: 200,
    role: 'webhook',
  })
  expect(lineOf('job')).toMatchObject({
    requestId: 'request-of-the-test',
    traceId,
    task: 'process_webhook',
    attempt: 1,
    outcome: 'done',
  })
})

test('a trace that is older than a quarter of an hour is linked to, and not gone on with', async () => {
  await arrive()
  await adminSql`update graphile_worker._private_jobs
    set payload = jsonb_set(payload::jsonb, '{cause,since}', to_jsonb(extract(epoch from now())::bigint - 901))::json`
  const [before] =
    await adminSql`select payload -> 'cause' ->> 'traceparent' as cause from graphile_worker._private_jobs`
  await work({ process_webhook: async () => {} })
  const jobId = String(lineOf('job')?.jobId)
  const spans = await traceWith('job process_webhook', ({ attributes }) => attributes['causeway.job_id'] === jobId)
  const [, cause] = String(before?.cause).split('-')
  expect(spans).toHaveLength(1)
  expect(spans[0]).toMatchObject({ parentId: null, links: [cause] })
  expect(spans[0]?.traceId).not.toBe(cause)
})

test('what is malformed is not put into a job, and a job without a cause runs', async () => {
  const trace = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`
  for (const said of ['', ' ', 'x', `${trace}' 1e9 short`, `${trace}0 12345678901 two,words`, '{}']) {
    await adminSql.begin((tx) => [
      tx`select set_config('causeway.cause', ${said}, true)`,
      tx`select private.add_job('process_webhook', '{"webhookEventId": null}', 'one')`,
    ])
    expect(await jobs()).toEqual([{ payload: { webhookEventId: null } }])
  }
  await work({ process_webhook: async () => {} })
  expect(lineOf('job')).toMatchObject({ outcome: 'done', traceId: expect.stringMatching(/^[0-9a-f]{32}$/) })
  expect(lineOf('job')).not.toHaveProperty('requestId')
})

test('a cause that somebody wrote into a job by hand is read only when it is well-formed', async () => {
  for (const cause of [null, 'x', { traceparent: 'x' }, { since: 'x' }, { requestId: 1 }]) {
    await adminSql`select graphile_worker.add_job('process_webhook', ${JSON.stringify({ cause })}::text::json)`
  }
  await work({ process_webhook: async () => {} })
  expect(lines.filter(({ outcome }) => outcome === 'done')).toHaveLength(5)
})

test('a job that fails is one line that says why, and the queue keeps the same words', async () => {
  await arrive()
  const key = createHash('sha256').update('a key').digest('base64url')
  await work({
    process_webhook: () => {
      throw new TypeError(`fetch https://node.test/v2/${key} failed`)
    },
  })
  const failed = lines.filter(({ message }) => message === 'job')
  expect(failed).toHaveLength(1)
  expect(failed[0]).toMatchObject({
    level: 'error',
    outcome: 'failed',
    error: 'TypeError: fetch https://node.test/… failed',
    stack: expect.stringMatching(/^at process_webhook .*cause\.db\.test\.ts/),
  })
  const [job] = await adminSql`select last_error from graphile_worker._private_jobs`
  expect(job?.last_error).toBe('TypeError: fetch https://node.test/… failed')
  expect(JSON.stringify(lines)).not.toContain(key)
})

test('what is done outside of a request names its trace and no request', async () => {
  await context.with(ROOT_CONTEXT, fetched)
  const [job] = await jobs()
  expect(job?.payload.cause).toMatchObject({ traceparent: expect.any(String) })
  expect(job?.payload.cause).not.toHaveProperty('requestId')
})

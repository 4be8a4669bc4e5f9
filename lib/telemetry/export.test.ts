import { createServer } from 'node:http'
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { testEnvironment } from '#lib/env.testing.ts'
import { createChainClient } from '#lib/rails/chain/client.ts'
import { createStripe } from '#lib/rails/stripe/client.ts'
import { withContext } from '#lib/telemetry/context.ts'
import { startTelemetry, stopTelemetry } from '#lib/telemetry/start.ts'
import { startTraces, type TracesStandIn } from '#sandbox/traces/start.ts'
import { reachedFrom } from '#scripts/pack-worker.ts'

// What leaves this process as a trace, and what must not.

const key = 'k3yOfTheNode'
let receiver: TracesStandIn
let provider: { url: string; stop: () => void }
const waited: Promise<unknown>[] = []

beforeAll(async () => {
  testEnvironment()
  provider = await startFailing()
  receiver = await startTraces({ port: 0 })
  Object.assign(process.env, {
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_BSP_SCHEDULE_DELAY: '60000',
    VERCEL: '1',
  })
  // As Vercel's runtime gives it to whoever asks.
  Reflect.set(globalThis, Symbol.for('@vercel/request-context'), {
    get: () => ({ waitUntil: (work: Promise<unknown>) => void waited.push(work) }),
  })
  startTelemetry('causeway-app')
})

afterAll(async () => {
  await stopTelemetry()
  await receiver.stop()
  provider.stop()
})

beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => {}))

/** A provider that answers everything with 500 and quotes what it was asked. */
async function startFailing(): Promise<{ url: string; stop: () => void }> {
  const server = createServer((request, response) => {
    response.writeHead(500, { 'content-type': 'text/plain' }).end(`${request.url} ${request.headers.authorization}`)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return { url: `http://127.0.0.1:${address.port}`, stop: () => server.close() }
}

/** Runs something as a request of Next's, and waits as Vercel does until its spans are sent. */
async function asRequest(run: () => Promise<unknown>): Promise<void> {
  await withContext({ requestId: 'request-1' }, () =>
    trace.getTracer('next').startActiveSpan('GET', { kind: SpanKind.SERVER }, ROOT_CONTEXT, async (span) => {
      await run()
      span.end()
    }),
  )
  expect(waited.length).toBeGreaterThan(0)
  await Promise.all(waited.splice(0))
}

const spanNamed = (name: string) => receiver.spans().find((span) => span.name === name)

test('a call to a node says which method and host, and not the path, which may be a key', async () => {
  const client = createChainClient('mezo-testnet', `${provider.url}/v2/${key}?token=${key}`)
  let said: unknown
  await asRequest(async () => {
    said = await client
      .getBalance({ address: '0x118917a40FAF1CD7a13dB0Ef56C86De7973Ac503' })
      .catch((error: Error) => error.message)
  })
  expect(said).toContain(key)
  expect(spanNamed('chain eth_getBalance')).toMatchObject({
    service: 'causeway-app',
    failed: true,
    attributes: {
      'causeway.request_id': 'request-1',
      'causeway.network': 'mezo-testnet',
      'rpc.method': 'eth_getBalance',
      'server.address': '127.0.0.1',
      'error.type': 'HttpRequestError',
    },
  })
})

test('a call to Stripe says what kind of thing was asked for, and neither which nor by which key', async () => {
  const client = createStripe({ secretKey: `sk_test_${key}`, apiUrl: provider.url })
  await asRequest(() =>
    client.rawRequest('GET', `/v1/crypto/onramp_sessions/cos_1Secret?email=olga@causeway.test`).catch(() => {}),
  )
  const span = spanNamed('stripe GET /v1/crypto/onramp_sessions/:id')
  expect(span?.attributes).toMatchObject({ 'http.request.method': 'GET', 'http.response.status_code': '500' })
})

test('of a library’s span only what is known to be harmless leaves', async () => {
  await asRequest(async () => {
    const span = trace.getTracer('next').startSpan(`fetch POST https://node.test/v2/${key}`, {
      attributes: {
        'http.method': 'POST',
        'http.route': '/api/v1/onramp/sessions',
        'http.url': `https://node.test/v2/${key}`,
        'http.target': `/pay/1?secret=${key}`,
        'next.span_name': `fetch POST https://node.test/v2/${key}`,
        'http.request.header.authorization': `Bearer ${key}`,
        'user.email': 'olga@causeway.test',
      },
    })
    span.recordException(new Error(`the key ${key} is wrong`))
    span.setStatus({ code: SpanStatusCode.ERROR, message: `the key ${key} is wrong` })
    span.end()
  })
  expect(spanNamed('fetch POST https://node.test/…')).toMatchObject({
    failed: true,
    attributes: { 'http.method': 'POST', 'http.route': '/api/v1/onramp/sessions' },
  })
})

test('so no key, address or word of an error was in what was sent', () => {
  const sent = receiver.bodies().join('\n')
  expect(sent).toContain('chain eth_getBalance')
  expect(sent).toContain('"name":"exception"')
  for (const word of [key, 'olga', 'cos_1Secret', 'is wrong', '0x118917', 'Bearer']) expect(sent).not.toContain(word)
})

test('a quote is made at the edge, where there is nothing of this but ids', () => {
  const { files, packages } = reachedFrom('app/api/v1/onramp/quotes/route.ts')
  expect(files).toContain('lib/telemetry/context.ts')
  expect(packages.filter((name) => name.startsWith('@opentelemetry/'))).toEqual(['@opentelemetry/api'])
  expect(files).not.toContain('lib/telemetry/start.ts')
})

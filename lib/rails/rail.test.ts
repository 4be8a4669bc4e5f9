import { createServer, type ServerResponse } from 'node:http'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { testEnvironment } from '#lib/env.testing.ts'
import { createChainClient } from '#lib/rails/chain/client.ts'
import { health as chainHealth } from '#lib/rails/chain/health.ts'
import { chainRail } from '#lib/rails/chain/rail.ts'
import { createCircle } from '#lib/rails/circle/client.ts'
import { health as circleHealth } from '#lib/rails/circle/health.ts'
import { circleRail } from '#lib/rails/circle/rail.ts'
import { createTransfer } from '#lib/rails/circle/transfers.ts'
import type { Health, Rail } from '#lib/rails/rail.ts'
import { createStripe } from '#lib/rails/stripe/client.ts'
import { health as stripeHealth } from '#lib/rails/stripe/health.ts'
import { stripeRail } from '#lib/rails/stripe/rail.ts'

type Answer = { status: number; body: string }

type Subject = {
  rail: Rail
  /** A call that would move money, made by the rail's own client at the given address. */
  call: (url: string) => Promise<unknown>
  health: (url: string) => Promise<Health>
  /** How this provider says no. */
  refusal: Answer
}

const stripeAt = (url: string) => createStripe({ secretKey: 'sk_test_conformance', apiUrl: url })

const circleAt = (url: string) =>
  createCircle({ apiKey: 'TEST_API_KEY:conformance:secret', entitySecret: 'ab'.repeat(32), apiUrl: url })

const subjects: Subject[] = [
  {
    rail: chainRail('mezo-testnet'),
    call: (url) => createChainClient('mezo-testnet', url).sendRawTransaction({ serializedTransaction: '0x02c0' }),
    health: (url) => chainHealth('mezo-testnet', createChainClient('mezo-testnet', url)),
    refusal: {
      status: 200,
      body: '{"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"insufficient funds for gas * price + value"}}',
    },
  },
  {
    rail: stripeRail,
    call: (url) => stripeAt(url).rawRequest('POST', '/v1/crypto/onramp_sessions', { source_amount: '25' }),
    health: (url) => stripeHealth(stripeAt(url)),
    refusal: {
      status: 400,
      body: '{"error":{"type":"invalid_request_error","code":"parameter_unknown","message":"no"}}',
    },
  },
  {
    rail: circleRail,
    call: (url) =>
      createTransfer(
        {
          idempotencyKey: '2c4f8a4e-8a54-4e6b-9c43-0d3c1f5b7e90',
          refId: 'conformance',
          from: '0x00000000000000000000000000000000000000a1',
          network: 'mezo-testnet',
          asset: 'USDC',
          to: '0x00000000000000000000000000000000000c0ffe',
          amount: 1_000_000n,
        },
        circleAt(url),
      ),
    health: (url) => circleHealth(circleAt(url)),
    refusal: { status: 400, body: '{"code":155258,"message":"The asset amount owned by the wallet is insufficient."}' },
  },
]

beforeAll(testEnvironment)

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

/** A provider that hears each request to its end, counts it, and then does as told. */
async function startProvider(then: (response: ServerResponse) => void): Promise<{ url: string; heard: () => number }> {
  let heard = 0
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      heard += 1
      then(response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  stops.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  )
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return { url: `http://127.0.0.1:${address.port}`, heard: () => heard }
}

function answer({ status, body }: Answer): (response: ServerResponse) => void {
  return (response) => response.writeHead(status, { 'content-type': 'application/json' }).end(body)
}

async function errorOf(call: Promise<unknown>): Promise<unknown> {
  return await call.then(
    () => expect.fail('the call was answered'),
    (error: unknown) => error,
  )
}

describe.each(subjects)('the rail $rail.name', ({ rail, call, health, refusal }) => {
  test('a refusal is refused', async () => {
    const { url, heard } = await startProvider(answer(refusal))
    expect(rail.outcomeOf(await errorOf(call(url)))).toBe('refused')
    expect(heard()).toBe(1)
  })

  test('nobody listening is unavailable', async () => {
    const { url } = await startProvider(answer(refusal))
    for (const stop of stops.splice(0)) await stop()
    expect(rail.outcomeOf(await errorOf(call(url)))).toBe('unavailable')
    expect(await health(url)).toMatchObject({ ok: false })
  })

  test('too many requests is unavailable', async () => {
    const { url } = await startProvider(answer({ status: 429, body: '{"error":{"type":"rate_limit"}}' }))
    expect(rail.outcomeOf(await errorOf(call(url)))).toBe('unavailable')
  })

  test.each<[string, (response: ServerResponse) => void]>([
    ['heard, then the connection dropped', (response) => response.socket?.destroy()],
    [
      'heard, then the answer cut short',
      (response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' }).write('{"id":')
        response.socket?.end()
      },
    ],
    ['an internal error', answer({ status: 500, body: '{"error":{"type":"api_error","message":"internal"}}' })],
    ["a gateway's page", answer({ status: 502, body: '<html>Bad gateway</html>' })],
    ['an answer that is not JSON', answer({ status: 200, body: '<html>Welcome</html>' })],
  ])('%s is unclear', async (_case, then) => {
    const { url, heard } = await startProvider(then)
    expect(rail.outcomeOf(await errorOf(call(url)))).toBe('unclear')
    expect(heard()).toBeGreaterThan(0)
    expect(await health(url)).toMatchObject({ ok: false })
  })

  test.each([new Error('a fault of our own'), 'a text', undefined])(
    'an error that is not the provider’s is unclear',
    (error) => {
      expect(rail.outcomeOf(error)).toBe('unclear')
    },
  )
})

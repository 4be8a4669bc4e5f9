import { HttpRequestError } from 'viem'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { errorFields, errorText, log } from '#lib/log.ts'
import { note, withContext } from '#lib/telemetry/context.ts'

let lines: Record<string, unknown>[]
beforeEach(() => {
  lines = []
  const hear = (line: string): void => void lines.push(JSON.parse(line))
  vi.spyOn(console, 'log').mockImplementation(hear)
  vi.spyOn(console, 'error').mockImplementation(hear)
})

test('a line says when, how bad, what, and what is known of the request so far', async () => {
  await withContext({ requestId: 'request-1' }, async () => {
    log.info('before')
    await Promise.resolve()
    note({ sessionId: 'session-1' })
    log.warn('after', { count: 2 })
  })
  log.error('outside')
  expect(lines).toEqual([
    { at: expect.any(String), level: 'info', message: 'before', requestId: 'request-1', traceId: expect.any(String) },
    {
      at: expect.any(String),
      level: 'warn',
      message: 'after',
      requestId: 'request-1',
      sessionId: 'session-1',
      traceId: lines[0]?.traceId,
      count: 2,
    },
    { at: expect.any(String), level: 'error', message: 'outside' },
  ])
})

test('two requests at once do not mix', async () => {
  const one = Promise.withResolvers<void>()
  const run = (requestId: string, wait: Promise<void>) =>
    withContext({ requestId }, async () => {
      note({ sessionId: `session of ${requestId}` })
      await wait
      log.info('done')
    })
  const first = run('request-1', one.promise)
  await run('request-2', Promise.resolve())
  one.resolve()
  await first
  expect(lines.map(({ requestId, sessionId }) => [requestId, sessionId])).toEqual([
    ['request-2', 'session of request-2'],
    ['request-1', 'session of request-1'],
  ])
})

test.each([
  'authorization',
  'Cookie',
  'email',
  'password',
  'secret',
  'clientSecret',
  'client_secret',
  'sessionKey',
  'body',
])('a field named %s says nothing', (name) => {
  log.info('x', { [name]: 'whatever it is' })
  expect(lines[0]?.[name]).toBe('(hidden)')
})

describe('of an error', () => {
  const error = new HttpRequestError({
    url: 'https://eth.example.com/v2/0123456789abcdef',
    body: { method: 'eth_getBalance', params: ['0x118917a40FAF1CD7a13dB0Ef56C86De7973Ac503'] },
    status: 429,
    details: 'Too Many Requests',
  })

  test('viem’s own message quotes the node’s key and what was asked', () => {
    expect(error.message).toContain('0123456789abcdef')
    expect(error.message).toContain('eth_getBalance')
  })

  test('neither is told', () => {
    expect(errorText(error)).toBe('HttpRequestError: HTTP request failed. (Too Many Requests)')
  })

  test('the stack is places without values', () => {
    const { stack = '' } = errorFields(new Error('a value\n    at first sight'))
    expect(stack).toMatch(/^at .*log\.test\.ts:\d+:\d+/m)
    expect(stack).not.toMatch(/a value|at first sight/)
  })
})

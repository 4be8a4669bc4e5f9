import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { ask, retryTime } from '#lib/rates/sources/ask.ts'
import type { SourceFailed } from '#lib/rates/sources/source.ts'

// A server that answers as it is told, one answer after the other.

type Reply = (request: IncomingMessage, response: ServerResponse) => void

let replies: Reply[] = []
let heard: IncomingMessage[] = []
const server = createServer((request, response) => {
  heard.push(request)
  const reply = replies.shift() ?? (() => response.writeHead(404).end())
  reply(request, response)
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
// Cast: a server that listens on a port has an address with one.
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/prices`
afterAll(() => new Promise((resolve) => server.close(resolve)))
beforeEach(() => {
  replies = []
  heard = []
})

const says =
  (status: number, body = '', headers: Record<string, string> = {}): Reply =>
  (_request, response) =>
    response.writeHead(status, headers).end(body)
const hangsUp: Reply = (request) => request.socket.destroy()

describe('ask', () => {
  test('gives the answer, and the headers along', async () => {
    replies = [says(200, '{"a":"b"}')]
    expect(await ask(url, { 'x-cg-demo-api-key': 'CG-1' })).toEqual({ a: 'b' })
    expect(heard[0]?.headers).toMatchObject({ 'x-cg-demo-api-key': 'CG-1', accept: 'application/json' })
  })

  test.each<[string, Reply]>([
    ['500', says(500)],
    ['503', says(503)],
    ['a connection that is cut', hangsUp],
    ['half an answer', says(200, '{"a":')],
    ['a page', says(200, '<!DOCTYPE html>')],
  ])('%s is asked again, and the third answer counts', async (_name, failure) => {
    replies = [failure, failure, says(200, '{"a":"b"}')]
    expect(await ask(url)).toEqual({ a: 'b' })
    expect(heard).toHaveLength(3)
  })

  test('after three of them it failed', async () => {
    replies = [says(500), hangsUp, says(502), says(200, '{}')]
    await expect(ask(url)).rejects.toMatchObject({
      name: 'SourceFailed',
      message: 'It answers 502',
      retryAt: undefined,
    })
    expect(heard).toHaveLength(3)
  })

  test.each([401, 403, 404])('%i is not asked again', async (status) => {
    replies = [says(status)]
    await expect(ask(url)).rejects.toMatchObject({ message: `It answers ${status}`, passing: false })
    expect(heard).toHaveLength(1)
  })

  test('429 is not asked again, and says until when', async () => {
    replies = [says(429, '', { 'retry-after': '120' })]
    const from = Date.now()
    const failure = await ask(url).then(
      () => undefined,
      (error: SourceFailed) => error,
    )
    expect(failure?.message).toBe('It answers 429: too many requests')
    expect(failure?.retryAt?.getTime()).toBeGreaterThanOrEqual(from + 120_000)
    expect(failure?.retryAt?.getTime()).toBeLessThanOrEqual(Date.now() + 120_000)
    expect(heard).toHaveLength(1)
  })

  test('goes where it was sent, and nowhere else', async () => {
    const redirect = says(302, '', { location: 'http://127.0.0.1:1/elsewhere' })
    replies = [redirect, redirect, redirect]
    await expect(ask(url)).rejects.toMatchObject({ message: 'It cannot be reached' })
  })
})

describe('retryTime', () => {
  const now = Date.UTC(2026, 10, 21, 12)
  test.each([
    [null, 60],
    ['', 60],
    ['0', 60],
    ['1', 1],
    ['90', 90],
    ['soon', 60],
    ['-5', 60],
    ['1e3', 60],
    ['99999999', 86_400],
    [new Date(now + 300_000).toUTCString(), 300],
    [new Date(now - 300_000).toUTCString(), 60],
  ])('%s is after %i seconds', (header, seconds) => {
    expect(retryTime(header, now)).toEqual(new Date(now + seconds * 1000))
  })
})

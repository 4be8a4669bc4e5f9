import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Problem } from '#lib/http/problem.ts'
import { type PublicAnswer, publicRead, readPreflight } from '#lib/http/public-read.ts'
import { limitRateHere } from '#lib/http/rate-limit/limit-rate-here.ts'
import { limits, strangers } from '#lib/http/rate-limit/limits.ts'

const start = Date.parse('2026-11-21T12:00:00Z')
let place = 0
let reads = 0
let answer: () => PublicAnswer

beforeEach(() => {
  vi.useFakeTimers({ now: start, toFake: ['Date'] })
  place += 1
  reads = 0
  wait = Promise.resolve()
  answer = () => ({ body: { reads }, seconds: 15 })
})
afterEach(() => {
  vi.useRealTimers()
})

let wait: Promise<void>

const handler = publicRead('rates', async () => {
  reads += 1
  await wait
  return answer()
})
const get = (query = '', headers: Record<string, string> = {}) =>
  handler(new Request(`http://causeway.test/api/v1/rates/current-${place}${query}`, { headers }))
const later = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000)
const cacheOf = (response: Response) => response.headers.get('cache-control')

test('an answer is read once while it is new, and again afterwards', async () => {
  expect(await (await get()).json()).toEqual({ reads: 1 })
  later(14)
  expect(await (await get()).json()).toEqual({ reads: 1 })
  later(1)
  expect(await (await get()).json()).toEqual({ reads: 2 })
  expect(await (await get('?base=ETH')).json()).toEqual({ reads: 3 })
})

test('what is kept has the id of the request that read it, by which it is found in the log', async () => {
  const said = vi.spyOn(console, 'log').mockImplementation(() => {})
  const ids = [await get(), await get()].map(({ headers }) => headers.get('x-request-id'))
  expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/)
  expect(ids[1]).toBe(ids[0])
  expect(said.mock.calls.map(([line]) => JSON.parse(line).requestId)).toEqual([ids[0]])
})

describe('while the next one is read', () => {
  test('the others get the one before, for a second', async () => {
    await get()
    later(15)
    const { promise, resolve } = Promise.withResolvers<void>()
    wait = promise
    const next = get()
    const meanwhile = await Promise.all([get(), get()])
    expect(await Promise.all(meanwhile.map((response) => response.json()))).toEqual([{ reads: 1 }, { reads: 1 }])
    expect(meanwhile.map(cacheOf)[0]).toBe('public, max-age=1, s-maxage=1, stale-while-revalidate=5')
    resolve()
    expect(await (await next).json()).toEqual({ reads: 2 })
    expect(await (await get()).json()).toEqual({ reads: 2 })
  })

  test.each([
    ['it holds no longer', { seconds: 15, until: new Date(start + 15_000).toISOString() }, 15],
    ['it is too old', { seconds: 15 }, 90],
  ])('they read it too once %s', async (_, kept, age) => {
    answer = () => ({ body: {}, ...kept })
    await get()
    later(age)
    await Promise.all([get(), get()])
    expect(reads).toBe(3)
  })

  test('and when that fails, the next one reads', async () => {
    await get()
    later(15)
    answer = () => {
      throw new Problem(404, 'rate_missing', 'There is no such price', 'None.')
    }
    expect((await get()).status).toBe(404)
    expect((await get()).status).toBe(404)
    expect(reads).toBe(3)
  })
})

describe('caches', () => {
  test('may keep it, and go on with it while they ask for the next', async () => {
    expect(cacheOf(await get())).toBe('public, max-age=15, s-maxage=15, stale-while-revalidate=75')
  })

  test.each([
    [600, 'public, max-age=15, s-maxage=15, stale-while-revalidate=75'],
    [40, 'public, max-age=15, s-maxage=15, stale-while-revalidate=25'],
    [9, 'public, max-age=9, s-maxage=9, stale-while-revalidate=0'],
    [0, 'public, max-age=0, s-maxage=0, stale-while-revalidate=0'],
    [-5, 'public, max-age=0, s-maxage=0, stale-while-revalidate=0'],
  ])('give it for no longer than it holds: %d s', async (left, header) => {
    answer = () => ({ body: {}, seconds: 15, until: new Date(start + left * 1000).toISOString() })
    expect(cacheOf(await get())).toBe(header)
  })

  test('nor does this instance, which counts from the same moment', async () => {
    answer = () => ({ body: {}, seconds: 15, until: new Date(start + 20_000).toISOString() })
    await get()
    later(10)
    expect(cacheOf(await get())).toBe('public, max-age=10, s-maxage=10, stale-while-revalidate=0')
    expect(reads).toBe(1)
    answer = () => ({ body: {}, seconds: 15, until: new Date(start + 20_000).toISOString() })
    later(6)
    await get()
    expect(reads).toBe(2)
    later(4)
    await get()
    expect(reads).toBe(3)
  })
})

describe('whoever has it already', () => {
  test('gets no body', async () => {
    const etag = (await get()).headers.get('etag') ?? ''
    expect(etag).toMatch(/^"[0-9a-f]{32}"$/)
    for (const given of [etag, `W/${etag}`, `"another", ${etag}`, '*']) {
      const response = await get('', { 'if-none-match': given })
      expect(response.status, given).toBe(304)
      expect(await response.text()).toBe('')
      expect(response.headers.get('etag')).toBe(etag)
      expect(cacheOf(response)).toContain('max-age=15')
    }
    for (const given of ['', '"another"', etag.slice(1, -1)]) {
      expect((await get('', { 'if-none-match': given })).status, given).toBe(200)
    }
  })

  test('has another tag once it is another answer', async () => {
    const etag = (await get()).headers.get('etag') ?? ''
    later(15)
    expect((await get('', { 'if-none-match': etag })).status).toBe(200)
  })
})

describe('other sites', () => {
  test('may read answers and refusals, and are lent nothing', async () => {
    for (const refused of [false, true]) {
      if (refused) {
        answer = () => {
          throw new Problem(404, 'rate_missing', 'There is no such price', 'None.')
        }
        later(15)
      }
      const response = await get()
      expect(response.status).toBe(refused ? 404 : 200)
      expect(response.headers.get('access-control-allow-origin')).toBe('*')
      expect(response.headers.get('access-control-expose-headers')).toContain('etag')
      expect(response.headers.has('access-control-allow-credentials')).toBe(false)
    }
  })

  test('may send a tag', () => {
    const { status, headers } = readPreflight()
    expect(status).toBe(204)
    expect(headers.get('access-control-allow-methods')).toBe('GET, HEAD, OPTIONS')
    expect(headers.get('access-control-allow-headers')).toBe('if-none-match')
  })
})

test('a refusal is not kept', async () => {
  answer = () => {
    throw new Problem(404, 'rate_missing', 'There is no such price', 'None.')
  }
  const refused = await get()
  expect([refused.status, cacheOf(refused)]).toEqual([404, 'no-store'])
  answer = () => ({ body: {}, seconds: 15 })
  expect((await get()).status).toBe(200)
})

test('what is kept is bounded, the oldest goes first', async () => {
  answer = () => ({ body: 'x'.repeat(3_000_000), seconds: 15 })
  for (const name of ['one', 'two', 'three']) await get(`?${name}`)
  expect(reads).toBe(3)
  await get('?three')
  await get('?two')
  expect(reads).toBe(3)
  await get('?one')
  expect(reads).toBe(4)
})

test('only what has to be read is counted', async () => {
  await get('?kept')
  for (let taken = 0; taken < limits.rates * strangers; taken += 1) {
    await limitRateHere('rates', undefined).catch(() => {})
  }
  expect((await get('?another')).status).toBe(429)
  expect((await get('?kept')).status).toBe(200)
})

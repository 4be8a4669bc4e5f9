import { fromAxiosError, HttpError } from '@circle-fin/developer-controlled-wallets'
import { describe, expect, test } from 'vitest'
import { CircleNotConfigured, CircleTimedOut } from '#lib/rails/circle/client.ts'
import { isAway, isKeyRefused, isMissing, outcomeOf, refusalOf, retryAfterOf } from '#lib/rails/circle/errors.ts'

// The SDK's own errors, made by its own function from what its HTTP client throws.
type AxiosError = Parameters<typeof fromAxiosError>[0]
const config = { url: '/v1/w3s/x', method: 'post', headers: { Authorization: 'Bearer TEST_API_KEY:a:b' } }
const answered = (status: number, code = status, headers = {}) =>
  // Cast: of an axios error the SDK reads these fields.
  fromAxiosError({ config, response: { status, data: { code, message: 'TEST_API_KEY:a:b' }, headers } } as AxiosError)
const unanswered = (code?: string) => fromAxiosError({ config, code, message: 'none' } as AxiosError)

describe('outcomeOf', () => {
  test.each([
    ['400', answered(400, 2), 'refused'],
    ['not enough', answered(400, 155258), 'refused'],
    ['a ciphertext that was seen before', answered(400, 156004), 'unavailable'],
    ['a key that stands for another request', answered(400, 156020), 'unclear'],
    ['401', answered(401), 'refused'],
    ['403', answered(403), 'refused'],
    ['404', answered(404, 156003), 'refused'],
    ['409', answered(409), 'unclear'],
    ['429', answered(429), 'unavailable'],
    ['500', answered(500), 'unclear'],
    ['503', answered(503), 'unclear'],
    ['refused connection', unanswered('ECONNREFUSED'), 'unavailable'],
    ['unknown host', unanswered('ENOTFOUND'), 'unavailable'],
    ['reset', unanswered('ECONNRESET'), 'unclear'],
    ['time-out', unanswered('ETIMEDOUT'), 'unclear'],
    ['aborted', unanswered('ECONNABORTED'), 'unclear'],
    ['nothing known', unanswered(), 'unclear'],
    ['our patience over', new CircleTimedOut('late'), 'unclear'],
    ['no key here', new CircleNotConfigured(), 'unavailable'],
    ['an error of ours', new TypeError('x'), 'unclear'],
    ['no error at all', undefined, 'unclear'],
  ])('%s', (_case, error, outcome) => {
    expect(outcomeOf(error)).toBe(outcome)
  })
})

test.each([
  ['a time-out', unanswered('ETIMEDOUT'), true],
  ['our patience over', new CircleTimedOut('late'), true],
  ['no connection', unanswered('ECONNREFUSED'), true],
  ['500', answered(500), true],
  ['429', answered(429), true],
  ['a key that is revoked', answered(401), true],
  ['an entity secret that is wrong', answered(400, 156013), true],
  ['no key here', new CircleNotConfigured(), true],
  ['404', answered(404, 156003), false],
  ['400', answered(400, 2), false],
  ['an error of ours', new TypeError('x'), false],
])('%s is laid at the right door', (_case, error, away) => {
  expect(isAway(error)).toBe(away)
})

test('a refusal of the key is told from a refusal of the request', () => {
  expect([answered(401), answered(403), answered(400, 156013), answered(400, 155258)].map(isKeyRefused)).toEqual([
    true,
    true,
    true,
    false,
  ])
  expect([answered(404, 156003), answered(400, 2), undefined].map(isMissing)).toEqual([true, false, false])
})

test.each([
  ['seconds', { 'retry-after': '7' }, 7],
  ['an absurd time', { 'retry-after': '999999' }, 3600],
  ['a date', { 'retry-after': 'Sat, 21 Nov 2026 12:00:00 GMT' }, undefined],
  ['nothing', {}, undefined],
])('how long to wait after too many requests: %s', (_case, headers, seconds) => {
  expect(retryAfterOf(answered(429, 429, headers))).toBe(seconds)
})

describe('refusalOf', () => {
  test("never shows Circle's own message, which can quote the key", () => {
    expect(answered(401)).toBeInstanceOf(HttpError)
    for (const error of [answered(401), answered(400, 12345), answered(400, 155258)])
      expect(JSON.stringify(refusalOf(error))).not.toContain('TEST_API_KEY')
  })

  test('says it in a sentence where the code is known', () => {
    const detail = 'The wallet does not hold enough for this payment.'
    expect(refusalOf(answered(400, 155258))).toEqual({ code: '155258', detail })
    expect(refusalOf(new Error('x')).code).toBe('unknown')
  })
})

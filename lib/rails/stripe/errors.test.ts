import Stripe from 'stripe'
import { describe, expect, test } from 'vitest'

import { isAway, isMissing, outcomeOf, refusalOf } from '#lib/rails/stripe/errors.ts'

const { StripeError } = Stripe.errors
const answered = (statusCode: number, type: string, code?: string) =>
  StripeError.generate({ statusCode, type, message: 'sk_test_secret', ...(code ? { code } : {}) } as never)
const notConnected = (code?: string) =>
  new Stripe.errors.StripeConnectionError({
    message: 'no connection',
    detail: Object.assign(new Error('inner'), { code }),
  } as never)

describe('outcomeOf', () => {
  test.each([
    ['400', answered(400, 'invalid_request_error', 'crypto_onramp_invalid_source_amount'), 'refused'],
    ['400 disabled', answered(400, 'api_error', 'crypto_onramp_disabled'), 'refused'],
    ['400 key reused', answered(400, 'idempotency_error'), 'refused'],
    ['401', answered(401, 'invalid_request_error'), 'refused'],
    ['402', answered(402, 'card_error', 'card_declined'), 'refused'],
    ['403', answered(403, 'invalid_request_error'), 'refused'],
    ['404', answered(404, 'invalid_request_error', 'resource_missing'), 'refused'],
    ['409 still running', answered(409, 'idempotency_error'), 'unclear'],
    ['429', answered(429, 'invalid_request_error'), 'unavailable'],
    ['500', answered(500, 'api_error'), 'unclear'],
    ['503', answered(503, 'api_error'), 'unclear'],
    ['refused connection', notConnected('ECONNREFUSED'), 'unavailable'],
    ['unknown host', notConnected('ENOTFOUND'), 'unavailable'],
    ['reset', notConnected('ECONNRESET'), 'unclear'],
    ['time-out', notConnected('ETIMEDOUT'), 'unclear'],
    ['nothing known', notConnected(), 'unclear'],
    ['an error of ours', new TypeError('x'), 'unclear'],
    ['no error at all', undefined, 'unclear'],
  ])('%s', (_name, error, outcome) => {
    expect(outcomeOf(error)).toBe(outcome)
  })
})

test.each([
  ['a time-out', notConnected('ETIMEDOUT'), 'away'],
  ['no connection', notConnected('ECONNREFUSED'), 'away'],
  ['500', answered(500, 'api_error'), 'away'],
  ['503', answered(503, 'api_error'), 'away'],
  ['429', answered(429, 'invalid_request_error'), 'away'],
  ['a key that is revoked', answered(401, 'invalid_request_error'), 'away'],
  ['a key that may not', answered(403, 'invalid_request_error'), 'away'],
  ['404', answered(404, 'invalid_request_error', 'resource_missing'), 'missing'],
  ['an address that does not exist', answered(404, 'invalid_request_error'), 'ours'],
  ['400', answered(400, 'invalid_request_error'), 'ours'],
  ['an error of ours', new TypeError('x'), 'ours'],
  ['no error at all', undefined, 'ours'],
])('%s is laid at the right door', (_name, error, door) => {
  expect({ away: isAway(error), missing: isMissing(error) }).toEqual({
    away: door === 'away',
    missing: door === 'missing',
  })
})

describe('refusalOf', () => {
  test("never shows Stripe's own message, which can quote the key", () => {
    const refusal = refusalOf(answered(401, 'invalid_request_error'))
    expect(JSON.stringify(refusal)).not.toContain('sk_test')
    expect(refusal.code).toBe('invalid_request_error')
  })

  test('says it in a sentence where the code is known', () => {
    expect(refusalOf(answered(400, 'invalid_request_error', 'crypto_onramp_unsupported_country'))).toEqual({
      code: 'crypto_onramp_unsupported_country',
      detail: 'Stripe does not sell crypto in this country.',
      field: null,
      requestId: null,
    })
    expect(refusalOf(new Error('x')).code).toBe('unknown')
  })
})

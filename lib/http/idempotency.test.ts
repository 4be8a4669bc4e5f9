import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { idempotencyKey, requestHash } from '#lib/http/idempotency.ts'

const withKey = (key?: string) =>
  new Request('http://causeway.test/', key === undefined ? {} : { headers: { 'idempotency-key': key } })

describe('idempotencyKey', () => {
  test('default', () => {
    expect(idempotencyKey(withKey('0f8c-1'))).toBe('0f8c-1')
  })

  test.each([
    [undefined, 'idempotency_key_required'],
    ['', 'idempotency_key_required'],
    ['two words', 'idempotency_key_invalid'],
    ['x'.repeat(256), 'idempotency_key_invalid'],
  ])('%j is refused as %s', (key, code) => {
    expect(() => idempotencyKey(withKey(key))).toThrow(expect.objectContaining({ status: 400, code }))
  })
})

describe('requestHash', () => {
  test('the order of fields does not matter, and every value does', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (body) => {
        const reversed = Object.fromEntries(Object.entries(body).reverse())
        expect(requestHash(reversed)).toEqual(requestHash(body))
        expect(requestHash({ ...body, 'one more': 1 })).not.toEqual(requestHash(body))
      }),
    )
  })
})

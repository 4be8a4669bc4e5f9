import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decimal, rounded } from '#lib/rates/forecast/decimal.ts'

test.each([
  [97_012.554_321, '97012.554'],
  [0.081_234_567_89, '0.081234568'],
  [0.000_000_123_456_789, '0.00000012345679'],
  [1, '1'],
  [0.999_999_999, '1'],
  [99_999_999.6, '100000000'],
  [123_456_789_012, '123456790000'],
  [0, '0'],
])('%d has eight digits: %s', (value, text) => {
  expect(decimal(value)).toBe(text)
})

test('a larger number is never a smaller text, so that bands stay in each other', () => {
  const price = fc.double({ min: 1e-9, max: 1e12, noNaN: true })
  fc.assert(
    fc.property(price, price, (one, other) => {
      expect(Number(decimal(Math.min(one, other)))).toBeLessThanOrEqual(Number(decimal(Math.max(one, other))))
    }),
  )
})

test.each([
  [81.4444, 2, '81.44'],
  [-0.000_04, 4, '0'],
  [100, 2, '100'],
  [-0.0035, 4, '-0.0035'],
])('%d to %d places is %s', (value, places, text) => {
  expect(rounded(value, places)).toBe(text)
})

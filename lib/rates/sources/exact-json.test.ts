import { describe, expect, test } from 'vitest'
import { JsonNumber, parseExactJson, priceOf } from '#lib/rates/sources/exact-json.ts'

describe('parseExactJson', () => {
  test.each([
    '97012.550000000000000001',
    '8.123456789012345e-05',
    '1E-7',
    '0.10',
    '123456789012345678901234567890',
    '-0',
  ])('keeps %s as it was written', (digits) => {
    expect(parseExactJson(`{"a":[${digits}]}`)).toEqual({ a: [new JsonNumber(digits)] })
  })

  test('leaves what is no number as it is', () => {
    expect(parseExactJson('{"a":"1.5","b":null,"c":[true,{}]}')).toEqual({ a: '1.5', b: null, c: [true, {}] })
  })

  test.each(['NaN', '01', '1.', '.5', '<html>', '{"a":', ''])('refuses %s', (text) => {
    expect(() => parseExactJson(text)).toThrow(SyntaxError)
  })
})

describe('priceOf', () => {
  test.each(['1', '0.1', '97012.55', '999999999999999', '8.1e-05', '1E2', '1.5e+3', `0.${'0'.repeat(23)}1`, '1e-24'])(
    '%s is a price',
    (digits) => expect(priceOf(digits)).toBe(digits),
  )

  test.each([
    '0',
    '0.000',
    '-1',
    '-0',
    '+1',
    '1e15',
    '1e999',
    '1e-400',
    '1e-25',
    `0.${'0'.repeat(24)}1`,
    '01',
    '1.',
    '.5',
    ' 1',
    '1,5',
    '0x10',
    'NaN',
    'Infinity',
    '',
    'n/a',
  ])('%s is none', (digits) => expect(priceOf(digits)).toBeUndefined())
})

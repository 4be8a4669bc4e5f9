import { expect, test } from 'vitest'
import { hashCode, makeCode, readCode } from '#lib/codes/code.ts'

test('a code is 26 digits of base 32 that were never there before', () => {
  const codes = Array.from({ length: 1000 }, makeCode)
  expect(new Set(codes).size).toBe(1000)
  for (const code of codes) {
    expect(code).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/)
    expect(readCode(code)).toBe(code)
  }
})

test('every digit of it is random', () => {
  const codes = Array.from({ length: 1000 }, makeCode)
  for (let at = 1; at < 26; at++) expect(new Set(codes.map((code) => code[at])).size).toBeGreaterThan(28)
})

test('a person may write it as they like', () => {
  const code = '10AB0CDE1FGHJKMNPQRSTVWXYZ'
  expect(readCode(' ioab-OCDE lfgh jkmn pqrs tvwx yz ')).toBe(code)
})

test.each([
  '',
  'ABC',
  '8'.repeat(26),
  'U'.repeat(26),
  '0'.repeat(25),
  '0'.repeat(27),
  `${'0'.repeat(25)}!`,
  '٠'.repeat(26),
])('%j is none', (text) => {
  expect(readCode(text)).toBeNull()
})

test('its hash is the same for the same code', () => {
  const code = makeCode()
  expect(hashCode(code)).toEqual(hashCode(code))
  expect(hashCode(code)).toHaveLength(32)
  expect(hashCode(makeCode())).not.toEqual(hashCode(code))
})

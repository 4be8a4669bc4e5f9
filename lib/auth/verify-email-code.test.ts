import { describe, expect, test } from 'vitest'
import { parseEmail } from '#lib/auth/email.ts'
import { parseCode } from '#lib/auth/verify-email-code.ts'

describe('a code as typed or pasted', () => {
  test.each(['123456', ' 123 456 ', '123-456', '123456\n'])('%j is read', (text) => {
    expect(parseCode(text)).toBe('123456')
  })
  test.each(['', '12345', '12345678901', '12e456', 'abcdef', '１２３４５６'])('%j is refused', (text) => {
    expect(() => parseCode(text)).toThrow(expect.objectContaining({ code: 'invalid_code', field: 'code' }))
  })
})

describe('an address as typed', () => {
  test('is trimmed and lowered', () => {
    expect(parseEmail('  Ada@Example.COM ')).toBe('ada@example.com')
  })
  test.each(['', 'ada', 'ada@', '@example.com', 'a b@example.com', `${'a'.repeat(260)}@example.com`])(
    '%j is refused',
    (text) => {
      expect(() => parseEmail(text)).toThrow(expect.objectContaining({ code: 'invalid_email', field: 'email' }))
    },
  )
})

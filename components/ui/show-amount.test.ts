import { describe, expect, test } from 'vitest'
import { showAmount } from '#components/ui/show-amount.ts'

describe('an amount on screen', () => {
  test.each([
    ['26.10', 'USD', '$26.10'],
    ['0', 'USD', '$0.00'],
    ['1234567.89', 'EUR', '€1,234,567.89'],
    ['24.61', 'MUSD', '24.61\u00a0MUSD'],
    ['24.610000000000000000', 'MUSD', '24.61\u00a0MUSD'],
    ['0.123456999', 'USDC', '0.123456\u00a0USDC'],
    ['123456789012345678901234567890.12', 'MUSD', '123,456,789,012,345,678,901,234,567,890.12\u00a0MUSD'],
  ])('%s %s reads %s', (value, code, text) => {
    expect(showAmount(value, code)).toBe(text)
  })

  test('follows the locale of the reader', () => {
    expect(showAmount('1234.5', 'EUR', 'de-DE')).toBe('1.234,50\u00a0€')
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { amountFor, calculatorFault } from '#components/rates/calculator-amounts.ts'
import { formatAmount, parseAmount } from '#lib/money/amount.ts'

describe('how much of an asset an amount of money is', () => {
  test.each([
    ['100', '0.9987', '100.13016921'],
    ['97012.65', '97012.65', '1'],
    ['1', '97012.65', '0.0000103'],
    ['0.01', '8574000.10', null],
  ])('%s at %s is %s', (money, price, amount) => {
    expect(amountFor(money, price)).toBe(amount)
  })

  test('never costs more than was typed, and a hundred-millionth more of it would', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 10n ** 14n), fc.bigInt(1n, 10n ** 30n), (cents, units) => {
        const [money, price] = [formatAmount(cents, 2), formatAmount(units, 24)]
        const amount = parseAmount(amountFor(money, price) ?? '0', 8)
        // money has 2 decimals, an amount 8, a price 24.
        const paid = cents * 10n ** 30n
        expect(amount * units <= paid).toBe(true)
        expect((amount + 1n) * units > paid).toBe(true)
      }),
    )
  })
})

test.each([
  ['', 'asset', 'Type an amount.'],
  ['0', 'asset', 'Type more than nothing.'],
  ['1.005', 'currency', 'Use at most 2 decimals.'],
  ['0.123456789', 'asset', 'Use at most 8 decimals.'],
  ['ten', 'asset', 'Use digits and one point, such as 25.50.'],
  ['1000000000000', 'currency', 'That is more than can be reckoned with here.'],
  ['0.00000001', 'asset', null],
] as const)('%j of the %s: %s', (text, side, fault) => {
  expect(calculatorFault(text, side)).toBe(fault)
})

import { describe, expect, test } from 'vitest'
import { amountFault, priceOfOne, tidyAmount } from '#components/onramp/amount-check.ts'

const usd = { code: 'USD' as const, minAmount: '1.00', maxAmount: '10000.00' }

test.each([
  ['25', '25'],
  [' 25,50 ', '25.50'],
  ['.5', '0.5'],
  ['25.', '25'],
  ['007', '7'],
  ['0', '0'],
  ['1e3', '1e3'],
])('%j is tidied to %j', (typed, amount) => expect(tidyAmount(typed)).toBe(amount))

describe('an amount', () => {
  test.each(['1', '1.00', '25.5', '10000'])('%s can be bought for', (amount) => {
    expect(amountFault(amount, usd, 'en-US')).toBeNull()
  })

  test.each([
    ['', 'Type an amount.'],
    ['0', 'The least you can buy for is $1.00.'],
    ['0.99', 'The least you can buy for is $1.00.'],
    ['10000.01', 'The most you can buy for at once is $10,000.00.'],
    ['1.234', 'Use at most two decimals.'],
    ['-5', 'Use digits and one point, such as 25.50.'],
    ['1e3', 'Use digits and one point, such as 25.50.'],
    ['9'.repeat(90), 'That is more than can be bought at once.'],
  ])('%s is refused with a sentence', (amount, sentence) => {
    expect(amountFault(amount, usd, 'en-US')).toBe(sentence)
  })
})

test.each([
  ['26.10', '24.61', '1.0606'],
  ['10', '10', '1.0000'],
  ['10', '3', '3.3334'],
  ['10', '0', null],
])('%s for %s is a price of %s, never told too low', (paid, arrives, price) => {
  expect(priceOfOne(paid, arrives)).toBe(price)
})

import { expect, test } from 'vitest'
import { showAge, showChange, showExact, showRate, showScale } from '#components/rates/show-rate.ts'

test.each([
  ['97012.554', 'USD', '$97,012.55'],
  ['100', 'EUR', '€100.00'],
  ['8574000.1', 'INR', '₹8,574,000.10'],
  ['6.84132', 'INR', '₹6.8413'],
  ['0.998712', 'USD', '$0.99871'],
  ['0.0812349', 'USD', '$0.081235'],
  ['0.00000123456', 'USD', '$0.0000012346'],
  ['0', 'USD', '$0.00'],
] as const)('a price of %s %s is %s', (price, currency, written) => {
  expect(showRate(price, currency, 'en-US')).toBe(written)
})

test('a price is written exactly, however long it is', () => {
  expect(showRate('900719925474099312.34', 'USD', 'en-US')).toBe('$900,719,925,474,099,312.34')
  expect(showExact('0.100000000000000001', 'INR', 'en-IN')).toBe('₹0.100000000000000001')
  expect(showExact('0.1', 'INR', 'en-IN')).toBe('₹0.10')
})

test.each([
  [
    [91_000, 90_000],
    ['$91,000', '$90,000'],
  ],
  [
    [1.005, 1],
    ['$1.005', '$1.000'],
  ],
  [
    [0.0541, 0.0542],
    ['$0.0541', '$0.0542'],
  ],
  [
    [0.25, 0.5],
    ['$0.25', '$0.50'],
  ],
])('an axis of %j is %j', (prices, written) => {
  expect(showScale(prices, 'USD', 'en-US')).toEqual(written)
})

test.each([
  [1.284, '+1.28%'],
  [-0.04, '−0.04%'],
  [0.004, '0.00%'],
  [-0.004, '0.00%'],
])('a change of %d per cent is %s', (percent, written) => {
  expect(showChange(percent, 'en-US')).toBe(written)
})

test.each([
  [0, 'less than a minute ago'],
  [59, 'less than a minute ago'],
  [60, '1 minute ago'],
  [899, '14 minutes ago'],
  [7199, '1 hour ago'],
  [172_799, '47 hours ago'],
  [172_800, '2 days ago'],
])('an age of %d seconds is %s, and never less', (seconds, written) => {
  expect(showAge(seconds)).toBe(written)
})

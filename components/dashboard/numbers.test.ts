import { describe, expect, test } from 'vitest'
import { dayLabel, millionths, niceTop, percentOf, successRate } from '#components/dashboard/numbers.ts'

describe('the top of a chart', () => {
  test.each([
    [[], '0'],
    [['0.00'], '0'],
    [['0.01'], '1'],
    [['1.00'], '1'],
    [['1.000001'], '2'],
    [['3', '20.5'], '50'],
    [['999999999999.99'], '1000000000000'],
  ])('over %j is $%s', (amounts, top) => {
    expect(niceTop(amounts.map(millionths))).toBe(BigInt(top) * 1_000_000n)
  })
})

describe('how much of a limit is gone', () => {
  test.each([
    ['0', '10', 0],
    ['9.99', '10', 99],
    ['10', '10', 100],
    ['60', '50', 100],
    ['0', '0', 100],
  ])('%s of %s is %i percent', (part, whole, percent) => {
    expect(percentOf(millionths(part), millionths(whole))).toBe(percent)
  })
})

describe('the success rate', () => {
  test('is of what was sent, and a payment that came back had arrived', () => {
    expect(successRate({ settled: 8, refunded: 1, failed: 1, denied: 40, cancelled: 3 })).toEqual({
      percent: 90,
      arrived: 9,
      sent: 10,
    })
  })

  test('never says a hundred when one failed', () => {
    expect(successRate({ settled: 999, failed: 1 })?.percent).toBe(99)
  })

  test('is none when nothing was sent', () => {
    expect(successRate({ denied: 3 })).toBeNull()
  })
})

test('a day is the UTC day, wherever the reader is', () => {
  expect(dayLabel('2026-11-21', 'en-US')).toBe('Nov 21')
})

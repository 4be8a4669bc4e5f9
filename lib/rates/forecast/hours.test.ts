import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hourly } from '#lib/rates/forecast/hours.ts'

describe('hourly', () => {
  test('each hour has the last price at or before its end', () => {
    const { first, prices, last, known, longestRun } = hourly(
      [
        [100, '1.5'],
        [101, '2'],
        [102, '2.5'],
      ],
      102,
    )
    expect([...prices]).toEqual([1.5, 2, 2.5])
    expect({ first, last, known, longestRun }).toEqual({ first: 100, last: '2.5', known: 3, longestRun: 3 })
  })

  test('three hours without a price are bridged by the last one, a fourth is not', () => {
    const { prices, known, longestRun } = hourly(
      [
        [100, '1'],
        [104, '2'],
        [109, '3'],
      ],
      109,
    )
    expect([...prices]).toEqual([1, 1, 1, 1, 2, 2, 2, 2, Number.NaN, 3])
    expect({ known, longestRun }).toEqual({ known: 9, longestRun: 8 })
  })

  test('the last hours are bridged as far, and then there is no last price', () => {
    expect(hourly([[100, '1']], 103)).toMatchObject({ last: '1', known: 4 })
    expect(hourly([[100, '1']], 104)).toMatchObject({ last: null, known: 4, longestRun: 4 })
  })

  test('nothing known is no hour', () => {
    expect(hourly([], 100)).toMatchObject({ last: null, known: 0, longestRun: 0 })
  })

  test('behavior: other prices, or the same at other hours, are other inputs', () => {
    const inputs = [
      hourly([[100, '1']], 100),
      hourly([[101, '1']], 101),
      hourly([[100, '1.0']], 100),
      hourly([[100, '1']], 102),
    ].map((hours) => hours.inputs)
    expect(new Set(inputs).size).toBe(3)
    expect(inputs[3]).toBe(inputs[0])
  })

  test('behavior: no hour knows what came after it', () => {
    const rows = fc.uniqueArray(fc.integer({ min: 100, max: 160 }), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(rows, fc.integer({ min: 100, max: 160 }), (hours, until) => {
        const all = hours.toSorted((one, other) => one - other).map((hour) => [hour, String(hour)] as const)
        const past = all.filter(([hour]) => hour <= until)
        if (past.length === 0) return
        const whole = hourly(all, 160)
        const cut = hourly(past, until)
        expect([...cut.prices]).toEqual([...whole.prices.slice(0, until - whole.first + 1)])
      }),
    )
  })
})

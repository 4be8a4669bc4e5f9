import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatAmount, InvalidAmount, parseAmount } from '#lib/money/amount.ts'

const largest = 10n ** 78n - 1n

function reasonOf(text: string, decimals: number): string {
  try {
    return `accepted as ${parseAmount(text, decimals)}`
  } catch (error) {
    if (error instanceof InvalidAmount) return error.reason
    throw error
  }
}

describe('parseAmount', () => {
  test.each([
    ['0', 2, 0n],
    ['0.00', 2, 0n],
    ['1', 2, 100n],
    ['25.5', 2, 2550n],
    ['25.50', 2, 2550n],
    ['0.000001', 6, 1n],
    ['0.000000000000000001', 18, 1n],
    ['7', 0, 7n],
    ['9007199254740993.01', 2, 900719925474099301n],
    [largest.toString(), 0, largest],
  ])('%s with %i decimals is %s units', (text, decimals, units) => {
    expect(parseAmount(text, decimals)).toBe(units)
  })

  test.each([
    ['', 2, 'empty'],
    ['.', 2, 'malformed'],
    ['.5', 2, 'malformed'],
    ['1.', 2, 'malformed'],
    ['1..2', 2, 'malformed'],
    ['1.2.3', 2, 'malformed'],
    ['1,5', 2, 'malformed'],
    ['1_000', 2, 'malformed'],
    ['1e3', 2, 'malformed'],
    ['0x10', 2, 'malformed'],
    ['+1', 2, 'malformed'],
    ['--1', 2, 'malformed'],
    ['- 1', 2, 'malformed'],
    [' 1', 2, 'malformed'],
    ['1 ', 2, 'malformed'],
    ['1\n', 2, 'malformed'],
    ['01', 2, 'malformed'],
    ['00.5', 2, 'malformed'],
    ['$1', 2, 'malformed'],
    ['１', 2, 'malformed'],
    ['٣', 2, 'malformed'],
    ['NaN', 2, 'malformed'],
    ['Infinity', 2, 'malformed'],
    ['-1', 2, 'negative'],
    ['-0.01', 2, 'negative'],
    ['1.234', 2, 'too_many_decimals'],
    ['1.230', 2, 'too_many_decimals'],
    ['1.0', 0, 'too_many_decimals'],
    [(largest + 1n).toString(), 0, 'too_large'],
    ['1'.repeat(77), 2, 'too_large'],
    ['9'.repeat(1_000_000), 2, 'too_large'],
  ])('refuses %j with %i decimals: %s', (text, decimals, reason) => {
    expect(reasonOf(text, decimals)).toBe(reason)
  })

  test('accepts nothing but its one grammar, and never throws anything else', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'0123456789.-+eE, ') })), (text) => {
        const plain = /^(0|[1-9][0-9]*)(\.[0-9]{1,6})?$/.test(text)
        expect(reasonOf(text, 6).startsWith('accepted')).toBe(plain)
      }),
    )
  })
})

describe('formatAmount', () => {
  test.each([
    [0n, 2, 0, '0'],
    [0n, 2, 2, '0.00'],
    [1n, 18, 0, '0.000000000000000001'],
    [2550n, 2, 0, '25.5'],
    [2550n, 2, 2, '25.50'],
    [2500n, 2, 0, '25'],
    [123456789n, 6, 2, '123.456789'],
    [100n, 0, 2, '100'],
    [-2550n, 2, 2, '-25.50'],
    [-1n, 6, 0, '-0.000001'],
  ])('%s units with %i decimals, at least %i shown, is %s', (units, decimals, minimumDecimals, text) => {
    expect(formatAmount(units, decimals, { minimumDecimals })).toBe(text)
  })
})

describe('together', () => {
  const decimals = fc.integer({ min: 0, max: 30 })
  const units = fc.bigInt({ min: 0n, max: largest })

  test('what is written is read back unchanged, however many decimals are shown', () => {
    fc.assert(
      fc.property(units, decimals, decimals, (amount, places, minimumDecimals) => {
        expect(parseAmount(formatAmount(amount, places, { minimumDecimals }), places)).toBe(amount)
      }),
    )
  })

  test('what was read is written back as it was spelled, trailing zeros aside', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 40n }),
        fc.stringMatching(/^[0-9]{0,17}[1-9]$/),
        (whole, fraction) => {
          const text = `${whole}.${fraction}`
          expect(formatAmount(parseAmount(text, 18), 18)).toBe(text)
        },
      ),
    )
  })

  test('a larger text of the same length is a larger amount', () => {
    fc.assert(
      fc.property(units, units, decimals, (a, b, places) => {
        const read = (amount: bigint): bigint => parseAmount(formatAmount(amount, places), places)
        expect(read(a) < read(b)).toBe(a < b)
      }),
    )
  })
})

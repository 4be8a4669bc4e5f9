import fc from 'fast-check'
import { parseGwei } from 'viem'
import { describe, expect, test } from 'vitest'
import { FeesAboveCap, feesWithin } from '#lib/rails/chain/fees.ts'

const gwei = (text: string) => parseGwei(text)
const market = (baseFee: string, tip: string) => ({ baseFee: gwei(baseFee), tip: gwei(tip) })

describe('the fees of a first signature', () => {
  test('are twice the base fee, and the tip', () => {
    expect(feesWithin(gwei('50'), market('10', '1'))).toEqual({
      maxFeePerGas: gwei('21'),
      maxPriorityFeePerGas: gwei('1'),
    })
  })

  test.each([
    ['the sum is above the cap', '20', '10', '1', '20', '1'],
    ['the tip alone is above the cap', '20', '1', '30', '20', '20'],
    ['the base fee is the cap', '10', '10', '1', '10', '1'],
  ])('never pass the cap: %s', (_, cap, baseFee, tip, maxFee, maxTip) => {
    expect(feesWithin(gwei(cap), market(baseFee, tip))).toEqual({
      maxFeePerGas: gwei(maxFee),
      maxPriorityFeePerGas: gwei(maxTip),
    })
  })

  test('are none while the base fee is above the cap', () => {
    expect(() => feesWithin(gwei('9'), market('10', '0'))).toThrow(
      new FeesAboveCap('The base fee comes to 10 gwei, and the cap is 9.'),
    )
  })
})

describe('the fees of a replacement', () => {
  const waiting = { maxFeePerGas: 8n, maxPriorityFeePerGas: 0n }

  test('are an eighth above the one that waits, rounded up, both of them', () => {
    expect(feesWithin(100n, { baseFee: 1n, tip: 0n }, waiting)).toEqual({ maxFeePerGas: 9n, maxPriorityFeePerGas: 1n })
    expect(feesWithin(100n, { baseFee: 1n, tip: 0n }, { maxFeePerGas: 17n, maxPriorityFeePerGas: 9n })).toEqual({
      maxFeePerGas: 20n,
      maxPriorityFeePerGas: 11n,
    })
  })

  test('are the market’s where that is more', () => {
    expect(feesWithin(100n, { baseFee: 20n, tip: 3n }, waiting)).toEqual({
      maxFeePerGas: 43n,
      maxPriorityFeePerGas: 3n,
    })
  })

  test('are none when the cap leaves no room for that eighth', () => {
    expect(() => feesWithin(8n, { baseFee: 1n, tip: 0n }, waiting)).toThrow(FeesAboveCap)
    expect(feesWithin(9n, { baseFee: 1n, tip: 0n }, waiting).maxFeePerGas).toBe(9n)
  })

  test('whatever the numbers: within the cap, the tip within the fee, and enough to replace', () => {
    const number = fc.bigInt({ min: 0n, max: 10n ** 12n })
    fc.assert(
      fc.property(number, number, number, number, number, (cap, baseFee, tip, fee, over) => {
        const replaced = { maxFeePerGas: fee + over, maxPriorityFeePerGas: fee }
        try {
          const fees = feesWithin(cap, { baseFee, tip }, replaced)
          expect(fees.maxFeePerGas).toBeLessThanOrEqual(cap)
          expect(fees.maxFeePerGas).toBeGreaterThanOrEqual(baseFee)
          expect(fees.maxPriorityFeePerGas).toBeLessThanOrEqual(fees.maxFeePerGas)
          expect(fees.maxFeePerGas * 8n).toBeGreaterThanOrEqual(replaced.maxFeePerGas * 9n)
          expect(fees.maxPriorityFeePerGas * 8n).toBeGreaterThanOrEqual(replaced.maxPriorityFeePerGas * 9n)
          expect(fees.maxFeePerGas).toBeGreaterThan(replaced.maxFeePerGas)
        } catch (error) {
          expect(error).toBeInstanceOf(FeesAboveCap)
        }
      }),
    )
  })
})

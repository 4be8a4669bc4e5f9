import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tickAt } from '#sandbox/prices/coins.ts'
import { purchaseFor, sourceAmountFor } from '#sandbox/stripe/rates.ts'

const moment = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2030, 0, 1) })

test('USDC for euros costs what the feed says, and a little more, at any moment', () => {
  fc.assert(
    fc.property(moment, (at) => {
      const asked = 1000 / (Number(purchaseFor('1000.00', 'eur', at).usdcUnits) / 1e6)
      const market = tickAt('usd-coin', 'eur', at).price
      expect(asked / market).toBeGreaterThan(1.0027)
      expect(asked / market).toBeLessThan(1.0031)
    }),
  )
})

test('for dollars it is always the same', () => {
  fc.assert(
    fc.property(moment, (at) => {
      expect(purchaseFor('25.00', 'usd', at).usdcUnits).toBe(24_930_000n)
    }),
  )
})

test('what buys so much buys so much', () => {
  fc.assert(
    fc.property(
      moment,
      fc.constantFrom('usd' as const, 'eur' as const),
      fc.integer({ min: 2, max: 9999 }),
      (at, currency, usdc) => {
        const source = sourceAmountFor(String(usdc), currency, at)
        expect(purchaseFor(source, currency, at).usdcUnits).toBeGreaterThanOrEqual(BigInt(usdc) * 1_000_000n)
      },
    ),
  )
})

import fc from 'fast-check'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { introduceCast } from '#supabase/tests/support/cast.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import {
  bury,
  deliver,
  hashOf,
  openCheckout,
  read,
  stripeAddress,
  stripeSays,
  transferOf,
  treasuryHolds,
} from '#supabase/tests/support/purchase.ts'
import { forgetRates } from '#supabase/tests/support/rates.ts'
import { refusalOf } from '#supabase/tests/support/refusal.ts'
import { agree, market, termsOf } from '#supabase/tests/support/terms.ts'

// What a purchase brings, by the prices it was quoted at: reckoned by the database.

const { adminSql } = await testDatabase()

beforeAll(async () => {
  await introduceCast(adminSql)
  await treasuryHolds(10n ** 30n, 1)
})
beforeEach(() => forgetRates(adminSql))
afterEach(
  () =>
    adminSql`update public.rate_policies set markup_absolute = 0, markup_basis_points = 0, off_market_basis_points = case asset when 'MUSD' then 300 else 500 end`,
)

/** A decimal text as a whole number of 10⁻³⁰. */
function scaled(text: string): bigint {
  const [whole = '', part = ''] = text.split('.')
  return BigInt(whole + part.padEnd(30, '0'))
}

describe('what the treasury delivers', () => {
  test('is what the USDC is worth, at the price with the markup, less the fee, rounded down once', async () => {
    const decimal = (low: number, high: number) =>
      fc
        .tuple(fc.integer({ min: low, max: high }), fc.bigInt({ min: 0n, max: 10n ** 20n - 1n }))
        .map(
          ([units, part]) =>
            `${Math.trunc(units / 10_000)}.${String(units % 10_000).padStart(4, '0')}${String(part).padStart(20, '0')}`,
        )
    await adminSql`update public.rate_policies set off_market_basis_points = 2000`
    await fc.assert(
      fc.asyncProperty(
        decimal(9600, 10_400),
        decimal(9600, 10_400),
        decimal(0, 2000),
        fc.integer({ min: 0, max: 1000 }),
        fc.integer({ min: 0, max: 1000 }),
        fc.bigInt({ min: 1n, max: 10n ** 13n }),
        async (usdcPrice, musdPrice, absolute, basisPoints, fee, usdc) => {
          const [row] = await adminSql`
            with changed as (
              update public.rate_policies set markup_absolute = ${absolute}::numeric, markup_basis_points = ${basisPoints}
              where asset = 'MUSD' and currency = 'USD' returning markup_absolute as absolute, markup_basis_points as points
            )
            select private.delivery_amount(${String(usdc)}, 'MUSD', ${fee}, ${usdcPrice}::numeric,
              private.quoted_price(${musdPrice}::numeric, c.absolute, c.points))::text as amount,
              private.quoted_price(${musdPrice}::numeric, c.absolute, c.points)::text as price from changed c`
          const price = scaled(musdPrice) * BigInt(10_000 + basisPoints) + scaled(absolute) * 10_000n
          const full = usdc * 10n ** 12n * scaled(usdcPrice) * BigInt(10_000 - fee) * 10_000n
          expect(BigInt(row?.amount)).toBe(full / (price * 10_000n))
          expect(scaled(row?.price) * 10_000n).toBe(price)
        },
      ),
      { numRuns: 300 },
    )
  })

  test('is one for one less the fee where both cost the same, as it was before there were prices', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.bigInt({ min: 0n, max: 10n ** 14n }),
        fc.integer({ min: 0, max: 1000 }),
        fc.constantFrom('1', '0.92', '88.123456789'),
        async (usdc, fee, price) => {
          const [row] = await adminSql`
            select private.delivery_amount(${String(usdc)}, 'MUSD', ${fee}, ${price}::numeric, ${price}::numeric)::text as amount`
          expect(BigInt(row?.amount)).toBe((usdc * 10n ** 12n * BigInt(10_000 - fee)) / 10_000n)
        },
      ),
    )
  })

  test('is quoted with everything it stands on', async () => {
    await market(adminSql)
    await adminSql`update public.rate_policies set markup_absolute = 0.0005, markup_basis_points = 10 where asset = 'MUSD' and currency = 'USD'`
    const { rate, amount, fee } = await termsOf('MUSD')
    expect(rate).toMatchObject({
      base: 'MUSD',
      quote: 'USD',
      raw: '0.9985',
      markup: { absolute: '0.0005', basisPoints: 10 },
      price: '0.9999985',
      sources: ['tests'],
      spreadBasisPoints: 0,
      settlement: { base: 'USDC', amount: '24.93', raw: '0.9999' },
    })
    const full = (24_930_000n * 10n ** 12n * 9_999_000n) / 9_999_985n
    expect(BigInt(amount) + BigInt(fee)).toBe(full)
    expect(BigInt(amount)).toBe((24_930_000n * 10n ** 12n * 9_999_000n * 9950n) / (9_999_985n * 10_000n))
  })

  test('keeps its prices while the market moves on', async () => {
    await market(adminSql)
    const id = await agree('MUSD', await termsOf('MUSD'))
    const session = { id, secret: '', asset: 'MUSD', stripeId: `cos_${id}` } as const
    expect(await read(session)).toMatchObject({ usdc_price: '0.9999', asset_price: '0.9985' })
    await openCheckout(session)
    await stripeSays(session, 'fulfillment_complete', hashOf(id))
    await forgetRates(adminSql)
    await market(adminSql, { usdc: '1.02', musd: '0.5', at: new Date() })
    await adminSql`update public.rate_policies set markup_basis_points = 1000`
    await bury((await transferOf(session, 'stripe_payout')).id, { amount: 24_000_001n, from: stripeAddress })
    expect(await deliver(session)).toBe('delivering')
    const { amount } = await transferOf(session, 'treasury_delivery')
    expect(BigInt(amount)).toBe((24_000_001n * 10n ** 12n * 9999n * 9950n) / (9985n * 10_000n))
  })

  test('was agreed on: its prices are never edited', async () => {
    await market(adminSql)
    const id = await agree('MUSD', await termsOf('MUSD'))
    for (const column of ['usdc_price', 'asset_price']) {
      expect(
        await refusalOf(adminSql`update public.onramp_sessions set ${adminSql(column)} = 2 where id = ${id}`),
      ).toBe('CWSTA')
    }
  })
})

describe('what Stripe delivers', () => {
  test('is Stripe’s price beside the market’s, and nothing of ours', async () => {
    await market(adminSql)
    const id = await agree('USDC', await termsOf('USDC'))
    const { rate, amount, fee } = await termsOf('USDC')
    expect([amount, fee]).toEqual(['24930000', '0'])
    expect(rate).toMatchObject({
      raw: '0.9999',
      markup: { absolute: '0', basisPoints: 0 },
      price: '1.002808',
      settlement: null,
    })
    expect(await read({ id })).toMatchObject({ usdc_price: '1', asset_price: '1', quoted_amount: '24930000' })
  })

  test.each([
    ['as far as is allowed', '23809524', '0'],
    ['dearer than that', '23809523', 'CWRAT'],
    ['as cheap as is allowed', '26315789', '0'],
    ['cheaper than that', '26315790', 'CWRAT'],
  ])('%s from the market’s price', async (_, usdc, outcome) => {
    await market(adminSql, { usdc: '1' })
    const asked = termsOf('USDC', usdc).then(() => '0')
    expect(await asked.catch((error) => (error.code === 'price_off_market' ? 'CWRAT' : error.code))).toBe(outcome)
  })
})

describe('a coin far from its dollar', () => {
  test.each([
    ['0.97', undefined],
    ['0.9699', 'price_off_market'],
    ['1.03', undefined],
    ['1.0301', 'price_off_market'],
    ['0.5', 'price_off_market'],
  ])('%s for USDC at 1: %s', async (musd, code) => {
    await market(adminSql, { usdc: '1', musd })
    expect(
      await termsOf('MUSD').then(
        () => undefined,
        ({ code }) => code,
      ),
    ).toBe(code)
  })
})

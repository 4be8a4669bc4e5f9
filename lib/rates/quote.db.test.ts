import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { as } from '#lib/db/as.ts'
import { formatAmount } from '#lib/money/amount.ts'
import { RateQuote } from '#lib/rates/schema.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { forgetRates, tick } from '#supabase/tests/support/rates.ts'

// What an amount costs: the raw price with the markup, rounded up to the currency's smallest unit.

const { adminSql } = await testDatabase()
const minute = 60_000
const ago = (ms: number): Date => new Date(Date.now() - ms)

beforeEach(() => forgetRates(adminSql))

async function quote(base: string, currency: string, amount: string | null): Promise<RateQuote> {
  const [row] = await as({ role: 'anon' })(
    (sql) => sql`select public.rate_quote(${base}, ${currency}, ${amount}) as quote`,
  )
  return RateQuote.parse(row?.quote)
}

test('says what it stands on, what is added, and what comes of it', async () => {
  const at = ago(3 * minute)
  await tick(adminSql, { asset: 'BDX', currency: 'INR', price: '7.162', at })
  const { expiresAt, tick: stands, ...rest } = await quote('BDX', 'INR', '100.50')
  expect(rest).toEqual({
    base: 'BDX',
    quote: 'INR',
    amount: '100.5',
    raw: '7.162',
    markup: { absolute: '0.1', basisPoints: 0, perUnit: '0.1' },
    price: '7.262',
    fees: [],
    total: '729.84',
  })
  expect(stands).toMatchObject({ at: at.toISOString(), sources: ['tests'], spreadBasisPoints: 0 })
  expect(stands.ageSeconds).toBeGreaterThanOrEqual(180)
  expect(stands.ageSeconds).toBeLessThan(190)
  const left = Date.parse(expiresAt) - Date.now()
  expect(left).toBeGreaterThan(50_000)
  expect(left).toBeLessThanOrEqual(60_000)
})

test('ten paise on each unit are the default in rupees, and nothing in dollars and euros', async () => {
  const rows =
    await adminSql`select distinct currency, markup_absolute::text as absolute, markup_basis_points as points from public.rate_policies order by 1`
  expect(rows.map(({ currency, absolute, points }) => [currency, Number(absolute), points])).toEqual([
    ['EUR', 0, 0],
    ['INR', 0.1, 0],
    ['USD', 0, 0],
  ])
})

test('is exact, and rounded up once, whatever the price, the markup and the amount', async () => {
  await tick(adminSql, { asset: 'BTC', currency: 'USD', price: '1', at: ago(minute) })
  const decimal = (whole: number, places: number) =>
    fc
      .tuple(fc.bigInt({ min: 0n, max: 10n ** BigInt(whole + places) }), fc.integer({ min: 0, max: places }))
      .map(([units, shown]) => formatAmount(units, shown))
  const scaled = (text: string) => {
    const [whole = '', part = ''] = text.split('.')
    return BigInt(whole + part.padEnd(24, '0'))
  }
  await fc.assert(
    fc.asyncProperty(
      decimal(8, 12).filter((price) => /[1-9]/.test(price)),
      decimal(3, 8),
      fc.integer({ min: 0, max: 1000 }),
      decimal(6, 18).filter((amount) => /[1-9]/.test(amount) && amount.split('.')[0]?.length !== 13),
      async (raw, absolute, points, amount) => {
        fc.pre((amount.split('.')[0] ?? '').length <= 12 && scaled(raw) < 10n ** 39n)
        const asked = adminSql.begin(async (sql) => {
          await sql`set local session_replication_role = replica`
          await sql`update public.rate_ticks set price = ${raw}::numeric`
          await sql`update public.rate_policies set markup_absolute = ${absolute}::numeric, markup_basis_points = ${points}
            where asset = 'BTC' and currency = 'USD'`
          const [row] = await sql`select public.rate_quote('BTC', 'USD', ${amount}) as quote`
          return RateQuote.parse(row?.quote)
        })
        const { price, total, markup } = await asked
        // In 10⁻²⁸: the price has 24 decimals at most, and a hundredth of a percent is four more.
        const exact = scaled(raw) * BigInt(10_000 + points) + scaled(absolute) * 10_000n
        expect(scaled(price) * 10_000n).toBe(exact)
        expect(scaled(markup.perUnit) * 10_000n).toBe(exact - scaled(raw) * 10_000n)
        const cents = exact * scaled(amount) * 100n
        const one = 10n ** 52n
        expect(total).toBe(formatAmount((cents + one - 1n) / one, 2, { minimumDecimals: 2 }))
      },
    ),
    { numRuns: 300 },
  )
})

describe('without a fresh price', () => {
  test('there is no quote, and it says how old the last one is', async () => {
    await expect(quote('ETH', 'EUR', '1')).rejects.toMatchObject({ status: 404, code: 'rate_missing' })
    await tick(adminSql, { asset: 'ETH', currency: 'EUR', price: '3100', at: ago(15 * minute + 1000) })
    const stale = {
      status: 503,
      code: 'rate_stale',
      detail: 'The last price of ETH in EUR is 15 minutes old.',
      retryAfterSeconds: 60,
    }
    await expect(quote('ETH', 'EUR', '1')).rejects.toMatchObject(stale)
    await tick(adminSql, { asset: 'ETH', currency: 'EUR', price: '3101', at: ago(0) })
    expect((await quote('ETH', 'EUR', '1')).raw).toBe('3101')
  })

  test('one of 14 minutes and 50 seconds is still fresh', async () => {
    await tick(adminSql, { asset: 'ETH', currency: 'EUR', price: '3100', at: ago(15 * minute - 10_000) })
    expect((await quote('ETH', 'EUR', '1')).tick.ageSeconds).toBeGreaterThanOrEqual(890)
  })
})

test.each([
  '',
  '0',
  '0.00',
  '-1',
  '1e3',
  '01',
  '1.',
  '.5',
  'NaN',
  'Infinity',
  '1,5',
  ' 1',
  '1234567890123',
  `1.${'0'.repeat(18)}1`,
  null,
])('%j is no amount', async (amount) => {
  await tick(adminSql, { asset: 'ETH', currency: 'EUR', price: '3100' })
  await expect(quote('ETH', 'EUR', amount)).rejects.toMatchObject({ status: 422, code: 'invalid_amount' })
})

test('reads the same in any time zone', async () => {
  const at = ago(minute)
  await tick(adminSql, { asset: 'ETH', currency: 'EUR', price: '3100', at })
  for (const zone of ['Asia/Kolkata', 'America/St_Johns']) {
    const [, rows] = await adminSql.begin((sql) => [
      sql`select set_config('timezone', ${zone}, true)`,
      sql`select public.rate_quote('ETH', 'EUR', '1') as quote`,
    ])
    expect(rows[0]?.quote.tick.at).toBe(at.toISOString())
  }
})

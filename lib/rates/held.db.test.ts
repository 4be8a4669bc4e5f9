import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { forgetRates } from '#supabase/tests/support/rates.ts'
import { refusalOf } from '#supabase/tests/support/refusal.ts'

// What of that which the sources say becomes a price. BTC may move by 15 % at once (rate_policies).

const { adminSql, as } = await testDatabase()
const worker = as({ role: 'worker' })

const tenMinutes = 600_000
/** So many buckets before the one of now, half a minute after it began. */
const ago = (buckets: number): Date => new Date((Math.floor(Date.now() / tenMinutes) - buckets) * tenMinutes + 30_000)

type Said = { source?: string; price: string; at: Date; asset?: string; currency?: string }
type Run = { ticks: number; held: { source: string; because: string }[] }

async function run(...said: Said[]): Promise<Run> {
  const readings = said.map(({ source = 'alpha', price, at, asset = 'BTC', currency = 'EUR' }) => ({
    source,
    asset,
    currency,
    price,
    observedAt: at.toISOString(),
  }))
  const [row] = await worker((sql) => sql`select app.record_rates(${sql.json(readings)}) as run`)
  return row?.run
}

const prices = async () =>
  (
    await adminSql`select trim_scale(price)::text as price from public.rate_ticks where asset = 'BTC' and currency = 'EUR' order by at`
  ).map(({ price }) => price)

beforeEach(() => forgetRates(adminSql))

describe('one source', () => {
  test('a spike is held, and what comes after it is not', async () => {
    await run({ price: '100', at: ago(3) })
    expect(await run({ price: '500', at: ago(2) })).toEqual({
      ticks: 0,
      held: [
        expect.objectContaining({ source: 'alpha', asset: 'BTC', currency: 'EUR', price: '500', because: 'jump' }),
      ],
    })
    expect(await run({ price: '101', at: ago(1) })).toEqual({ ticks: 1, held: [] })
    expect(await prices()).toEqual(['100', '101'])
  })

  test.each([
    ['115', true],
    ['115.000001', false],
    ['85', true],
    ['84.999999', false],
  ])('a move from 100 to %s stands: %s', async (price, stands) => {
    await run({ price: '100', at: ago(1) })
    expect((await run({ price, at: ago(0) })).ticks).toBe(stands ? 1 : 0)
  })

  test('a crash gets through: three in a row that agree are believed, and the first two with them', async () => {
    await run({ price: '100', at: ago(4) })
    expect((await run({ price: '60', at: ago(3) })).ticks).toBe(0)
    expect((await run({ price: '59', at: ago(2) })).ticks).toBe(0)
    expect(await run({ price: '61', at: ago(1) })).toEqual({ ticks: 1, held: [] })
    expect(await prices()).toEqual(['100', '60', '59', '61'])
    const origins = await adminSql`select origin from public.rate_ticks order by at`
    expect(origins.map(({ origin }) => origin)).toEqual(['feed', 'history', 'history', 'feed'])
  })

  test('three that do not agree with each other stay held', async () => {
    await run({ price: '100', at: ago(5) })
    for (const [price, buckets] of [
      ['500', 4],
      ['50', 3],
      ['900', 2],
      ['30', 1],
    ] as const)
      expect((await run({ price, at: ago(buckets) })).held).toHaveLength(1)
    expect(await prices()).toEqual(['100'])
  })

  test('after a day without a price any is the first', async () => {
    await run({ price: '100', at: ago(146) })
    expect((await run({ price: '500', at: ago(1) })).ticks).toBe(1)
  })

  test('a stablecoin has a narrower bound', async () => {
    const coin = { asset: 'USDC', currency: 'USD' }
    await run({ price: '1', at: ago(2), ...coin })
    expect((await run({ price: '0.96', at: ago(1), ...coin })).held).toHaveLength(1)
    expect((await run({ price: '0.971', at: ago(0), ...coin })).held).toEqual([])
  })
})

describe('two sources', () => {
  test('agree, and their mean is the price, with its spread', async () => {
    await run({ price: '100', at: ago(1) }, { source: 'beta', price: '101', at: ago(1) })
    const [tick] =
      await adminSql`select trim_scale(price)::text as price, spread_basis_points, sources from public.rate_ticks`
    expect(tick).toEqual({ price: '100.5', spread_basis_points: 100, sources: ['alpha', 'beta'] })
  })

  test('agree on a crash, which is one', async () => {
    await run({ price: '100', at: ago(2) })
    expect(await run({ price: '40', at: ago(1) }, { source: 'beta', price: '41', at: ago(1) })).toMatchObject({
      ticks: 1,
      held: [],
    })
    expect(await prices()).toEqual(['100', '40.5'])
  })

  test('disagree: the last price says who is wrong', async () => {
    await run({ price: '100', at: ago(2) })
    const { ticks, held } = await run({ price: '300', at: ago(1) }, { source: 'beta', price: '102', at: ago(1) })
    expect({ ticks, held: held.map(({ source, because }) => [source, because]) }).toEqual({
      ticks: 1,
      held: [['alpha', 'disagreement']],
    })
    const [tick] = await adminSql`select price::text, sources from public.rate_ticks order by at desc limit 1`
    expect(tick).toEqual({ price: '102', sources: ['beta'] })
  })

  test('disagree, and no last price is near: neither is believed', async () => {
    expect((await run({ price: '300', at: ago(3) }, { source: 'beta', price: '100', at: ago(3) })).held).toHaveLength(2)
    await run({ price: '1000', at: ago(2) })
    expect((await run({ price: '300', at: ago(1) }, { source: 'beta', price: '100', at: ago(1) })).held).toHaveLength(2)
    expect(await prices()).toEqual(['1000'])
  })

  test('one that stood still hours ago is not measured against one of now', async () => {
    await run({ price: '100', at: ago(20) }, { source: 'beta', price: '100', at: ago(20) })
    await run({ source: 'beta', price: '110', at: ago(10) })
    const said = await run({ price: '100', at: ago(20) }, { source: 'beta', price: '121', at: ago(0) })
    expect(said).toEqual({ ticks: 1, held: [] })
  })

  test('what one of them was held for by the other is no beginning of three in a row', async () => {
    await run({ price: '100', at: ago(4) })
    for (const buckets of [3, 2])
      await run({ price: '200', at: ago(buckets) }, { source: 'beta', price: '100', at: ago(buckets) })
    expect((await run({ price: '200', at: ago(1) })).held).toMatchObject([{ because: 'jump' }])
  })
})

describe('three sources', () => {
  test('the one away from the median is held, wherever the last price was', async () => {
    await run({ price: '300', at: ago(2) })
    const at = ago(1)
    const { held } = await run(
      { price: '100', at },
      { source: 'beta', price: '101', at },
      { source: 'gamma', price: '300', at },
    )
    expect(held.map(({ source, because }) => [source, because])).toEqual([['gamma', 'disagreement']])
    expect(await prices()).toEqual(['300', '100.5'])
  })
})

describe('said again', () => {
  test('a hundred times, and by eight at once, it is one row', async () => {
    const said = [
      { price: '100.25', at: ago(1) },
      { source: 'beta', price: '100.5', at: ago(1) },
    ]
    expect(
      (await Promise.all(Array.from({ length: 8 }, () => run(...said)))).reduce((sum, { ticks }) => sum + ticks, 0),
    ).toBe(1)
    for (let time = 0; time < 100; time += 1) expect(await run(...said)).toEqual({ ticks: 0, held: [] })
    const [rows] = await adminSql`select (select count(*)::int from public.rate_ticks) as ticks,
      (select count(*)::int from public.rate_readings) as readings, (select max(count) from public.rate_hours) as rolled_up`
    expect(rows).toEqual({ ticks: 1, readings: 2, rolled_up: 1 })
  })

  test('with another price in the same ten minutes, the first stands', async () => {
    await run({ price: '100', at: ago(1) })
    expect((await run({ price: '101', at: new Date(ago(1).getTime() + 300_000) })).ticks).toBe(0)
    expect((await run({ source: 'beta', price: '102', at: ago(1) })).ticks).toBe(0)
    expect(await prices()).toEqual(['100'])
  })
})

test.each([
  ['0', 'price_is_more_than_nothing'],
  ['-1', 'price_is_more_than_nothing'],
  ['NaN', 'price_is_more_than_nothing'],
  ['Infinity', 'price_is_more_than_nothing'],
  ['1e15', 'price_is_more_than_nothing'],
  [`0.${'0'.repeat(24)}1`, 'price_is_more_than_nothing'],
])('%s is no price, and no part of its run is kept', async (price, constraint) => {
  const error = await run({ price: '5', at: ago(1), currency: 'USD' }, { price, at: ago(1) }).catch((caught) => caught)
  expect(error).toMatchObject({ constraint_name: constraint })
  expect(await adminSql`select from public.rate_readings`).toHaveLength(0)
})

test('a price of the future is refused', async () => {
  expect(await refusalOf(run({ price: '5', at: new Date(Date.now() + 120_000) }))).toBe('CWINV')
})

describe('the median', () => {
  /** Decimals as whole numbers of their 24th place. */
  const scaled = fc.bigInt({ min: 1n, max: 10n ** 39n - 1n })
  const text = (value: bigint): string => {
    const digits = value.toString().padStart(25, '0')
    return `${digits.slice(0, -24)}.${digits.slice(-24)}`
  }

  test('is the middle one, or exactly between the two middle ones, in any order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(scaled, { minLength: 1, maxLength: 7 }), async (values) => {
        const sorted = values.toSorted((left, right) => (left < right ? -1 : 1))
        const low = sorted[(values.length - 1) >> 1] ?? 0n
        const high = sorted[values.length >> 1] ?? 0n
        // Half of the last place is rounded up.
        const expected = text((low + high + 1n) / 2n)
        const [row] =
          await adminSql`select private.median(${values.map(text)}::numeric[]) = ${expected}::numeric as same`
        expect(row?.same).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})

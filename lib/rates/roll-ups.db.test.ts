import fc from 'fast-check'
import postgres from 'postgres'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { forgetRates } from '#supabase/tests/support/rates.ts'

// However the ticks came, the hours and days are what an independent addition of them says.

const { adminSql, as, adminUrl } = await testDatabase()
const worker = as({ role: 'worker' })

beforeEach(() => forgetRates(adminSql))

const tenMinutes = 600_000
const hour = 6 * tenMinutes
const day = 24 * hour

type Tick = { at: number; price: string }
type Row = {
  at: number
  open: string
  high: string
  low: string
  close: string
  sum: string
  sum_of_squares: string
  count: number
}

const tell = (points: Tick[]) => {
  const told = points.map(({ at, price }) => ({ at: new Date(at).toISOString(), price }))
  return worker((sql) => sql`select app.record_rate_history('alpha', 'ETH', 'INR', ${sql.json(told)}) as found`)
}

const read = ({ at, price }: Tick) => {
  const said = [{ source: 'alpha', asset: 'ETH', currency: 'INR', price, observedAt: new Date(at).toISOString() }]
  return worker((sql) => sql`select app.record_rates(${sql.json(said)})`)
}

const rolledUp = async (table: 'rate_hours' | 'rate_days'): Promise<Row[]> => {
  const rows = await adminSql`
    select at, trim_scale(open)::text as open, trim_scale(high)::text as high, trim_scale(low)::text as low, trim_scale(close)::text as close,
      trim_scale(sum)::text as sum, trim_scale(sum_of_squares)::text as sum_of_squares, count
    from public.${adminSql(table)} where asset = 'ETH' and currency = 'INR' order by at`
  return rows.map(({ at, open, high, low, close, sum, sum_of_squares, count }) => ({
    at: at.getTime(),
    open,
    high,
    low,
    close,
    sum,
    sum_of_squares,
    count,
  }))
}

/** Prices here have two decimals: hundredths are exact in a bigint. */
const cents = (price: string): bigint => BigInt(Math.round(Number(price) * 100))
const decimal = (value: bigint, places: number): string => {
  const digits = value.toString().padStart(places + 1, '0')
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`.replace(/\.?0+$/, '')
}

async function expected(length: number): Promise<Row[]> {
  const ticks = await adminSql`select at, trim_scale(price)::text as price from public.rate_ticks order by at`
  const groups = Map.groupBy(ticks, ({ at }) => Math.floor(at.getTime() / length) * length)
  return [...groups].map(([at, group]) => {
    const all = group.map(({ price }) => cents(price))
    const sorted = all.toSorted((left, right) => (left < right ? -1 : 1))
    const price = (value: bigint | undefined): string => decimal(value ?? 0n, 2)
    return {
      at,
      open: price(all[0]),
      high: price(sorted.at(-1)),
      low: price(sorted[0]),
      close: price(all.at(-1)),
      sum: decimal(
        all.reduce((sum, one) => sum + one, 0n),
        2,
      ),
      sum_of_squares: decimal(
        all.reduce((sum, one) => sum + one * one, 0n),
        4,
      ),
      count: all.length,
    }
  })
}

async function expectSound(): Promise<void> {
  expect(await rolledUp('rate_hours')).toEqual(await expected(hour))
  expect(await rolledUp('rate_days')).toEqual(await expected(day))
}

/** Walks by at most a percent, so that nothing of it is held. */
function walk(from: number, to: number): Tick[] {
  let price = 250_000
  const ticks: Tick[] = []
  for (let at = from, step = 0; at < to; at += tenMinutes, step += 1) {
    price *= 1 + 0.01 * Math.sin(step * 12.9898)
    ticks.push({ at: at + ((step * 7919) % 590) * 1000, price: price.toFixed(2) })
  }
  return ticks
}

describe('hours and days', () => {
  test('are the same for ticks that come in any order, late, twice, and in pieces', async () => {
    const now = Math.floor(Date.now() / tenMinutes) * tenMinutes
    const ticks = walk(now - 3 * day, now)
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(ticks, { minLength: 1 }),
        fc.integer({ min: 1, max: 60 }),
        async (some, piece) => {
          await forgetRates(adminSql)
          for (let from = 0; from < some.length; from += piece) await tell(some.slice(from, from + piece))
          await tell(some.slice(0, piece))
          await expectSound()
          const [row] = await adminSql`select count(*)::int as count from public.rate_ticks`
          expect(row?.count).toBe(some.length)
        },
      ),
      { numRuns: 12 },
    )
  })

  test('hold when the feed writes the newest and the history the rest', async () => {
    const now = Math.floor(Date.now() / tenMinutes) * tenMinutes
    const ticks = walk(now - day, now)
    for (const tick of ticks.slice(-20)) await read(tick)
    await expectSound()
    await tell(ticks)
    await expectSound()
    const origins =
      await adminSql`select origin, count(*)::int as count from public.rate_ticks group by origin order by origin`
    expect(origins).toMatchObject([
      { origin: 'feed', count: 20 },
      { origin: 'history', count: 124 },
    ])
  })

  test('lose nothing when eight write at once', async () => {
    const now = Math.floor(Date.now() / hour) * hour
    const ticks = walk(now - day, now)
    const eighth = (n: number) => ticks.filter((_, place) => place % 8 === n)
    // Every other one comes from the feed, price by price.
    await Promise.all(
      Array.from({ length: 8 }, (_, n) => (n % 2 === 0 ? tell(eighth(n)) : Promise.all(eighth(n).map(read)))),
    )
    await expectSound()
    expect((await rolledUp('rate_hours')).every(({ count }) => count === 6)).toBe(true)
  })
})

describe('clocks that change', () => {
  const kolkata = postgres(adminUrl, { max: 1, connection: { TimeZone: 'Asia/Kolkata' } })
  const berlin = postgres(adminUrl, { max: 1, connection: { TimeZone: 'Europe/Berlin' } })
  afterAll(() => Promise.all([kolkata.end(), berlin.end()]))

  test.each([
    ['summer begins in Berlin', '2026-03-29'],
    ['summer ends in Berlin', '2026-10-25'],
    ['summer ends in New York', '2026-11-01'],
    ['a month ends', '2026-10-31'],
    ['February ends', '2026-02-28'],
    ['a year ends', '2025-12-31'],
  ])('%s: every day has its 144 prices, and hours their six', async (_name, date) => {
    const middle = Date.parse(`${date}T00:00:00Z`)
    const ticks = walk(middle - day, middle + 2 * day)
    const told = ticks.map(({ at, price }) => ({ at: new Date(at).toISOString(), price }))
    for (const [sql, part] of [
      [kolkata, told.slice(0, 200)],
      [berlin, told.slice(200)],
    ] as const)
      await sql`select app.record_rate_history('alpha', 'ETH', 'INR', ${sql.json(part)})`
    await expectSound()
    expect((await rolledUp('rate_days')).map(({ at, count }) => [at, count])).toEqual(
      [-1, 0, 1].map((n) => [middle + n * day, 144]),
    )
    expect((await rolledUp('rate_hours')).map(({ count }) => count)).toEqual(Array.from({ length: 72 }, () => 6))
  })
})

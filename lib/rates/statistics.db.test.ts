import type postgres from 'postgres'
import { beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '#supabase/tests/support/database.ts'

const { adminSql } = await testDatabase()

const bucket = 600_000
const hour = 6 * bucket
const day = 24 * hour
/** 365 days of ticks, over both changes of the clock of both hemispheres, a leap day and every month's end. */
const start = Date.UTC(2027, 10, 20)
const count = 366 * 144

type Tick = { at: number; units: bigint }

/** A walk with gaps: single ticks, an hour, a day and a half. The same each time. Units are 10⁻⁸ of the currency. */
function generatedTicks(): Tick[] {
  let state = 20_261_121
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  let units = 9_701_255_000_000n
  const ticks: Tick[] = []
  for (let index = 0; index < count; index += 1) {
    units += BigInt(Math.round((random() - 0.5) * 8e10))
    const at = start + index * bucket
    const isGap = random() < 0.02 || (index >= 3000 && index < 3006) || (index >= 20_000 && index < 20_216)
    if (!isGap) ticks.push({ at, units })
  }
  return ticks
}

const ticks = generatedTicks()

const text = (units: bigint): string => decimal(units, 8)

/** Units of 10⁻ᵈ as a decimal text without zeros at its end. */
function decimal(units: bigint, decimals: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(decimals + 1, '0')
  const shown = `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`.replace(/\.?0+$/, '')
  return units < 0n ? `-${shown}` : shown
}

/** Rounded to a whole number, halves away from zero. */
function divide(dividend: bigint, divisor: bigint): bigint {
  const half = (dividend < 0n ? -dividend : dividend) * 2n + divisor
  const rounded = half / (2n * divisor)
  return dividend < 0n ? -rounded : rounded
}

function squareRoot(value: bigint): bigint {
  if (value === 0n) return 0n
  let root = 1n << BigInt(Math.ceil(value.toString(2).length / 2))
  for (;;) {
    const next = (root + value / root) >> 1n
    if (next >= root) return root
    root = next
  }
}

/** The statistics of (after, until], from the definition and in whole numbers alone. */
function computed(after: number, until: number) {
  const inside = ticks.filter(({ at }) => at > after && at <= until)
  const [first] = inside
  const last = inside.at(-1)
  if (!first || !last) return null
  const n = BigInt(inside.length)
  const units = inside.map((tick) => tick.units)
  const sorted = units.toSorted((a, b) => (a < b ? -1 : 1))
  const sum = units.reduce((a, b) => a + b, 0n)
  // The mean of the squared distances from the mean, times n².
  const deviations = units.reduce((a, b) => a + (n * b - sum) ** 2n, 0n) / n
  // Thirty digits more than are shown.
  const root = squareRoot(deviations * 10n ** 60n)
  const buckets = Math.floor(until / bucket) - Math.floor(after / bucket)
  const running = last.at < Math.floor(until / bucket) * bucket ? 1 : 0
  return {
    open: text(first.units),
    high: text(sorted.at(-1) ?? 0n),
    low: text(sorted[0] ?? 0n),
    close: text(last.units),
    mean: decimal(divide(sum * 10n ** 4n, n), 12),
    stddev: decimal(divide(root * 10n ** 4n, n * 10n ** 30n), 12),
    changePercent: decimal(divide((last.units - first.units) * 10n ** 8n, first.units), 6),
    volatilityPercent: decimal(divide(root * 10n ** 8n, sum * 10n ** 30n), 6),
    count: inside.length,
    coverage: decimal(divide(n * 10n ** 4n, BigInt(buckets - running)), 4),
  }
}

async function asked(after: number, until: number, sql: postgres.Sql | postgres.TransactionSql = adminSql) {
  const [row] = await sql`
    select trim_scale(s.open)::text as open, trim_scale(s.high)::text as high, trim_scale(s.low)::text as low,
      trim_scale(s.close)::text as close, trim_scale(s.mean)::text as mean, trim_scale(s.stddev)::text as stddev,
      trim_scale(s.change_percent)::text as "changePercent", trim_scale(s.volatility_percent)::text as "volatilityPercent",
      s.count::int as count, trim_scale(s.coverage)::text as coverage
    from private.rate_statistics('BTC', 'USD', ${new Date(after)}, ${new Date(until)}) s`
  return row?.count === null ? null : { ...row }
}

beforeAll(async () => {
  await adminSql`
    insert into public.rate_ticks (asset, currency, at, price, spread_basis_points, sources, observed_at, origin)
    select 'BTC', 'USD', t.at, t.price, 0, '{coingecko}', t.at + interval '3 minutes', 'feed'
    from unnest(${ticks.map(({ at }) => new Date(at).toISOString())}::timestamptz[], ${ticks.map(({ units }) => text(units))}::numeric[]) t (at, price)`
  await adminSql`select private.roll_up_rates('BTC', 'USD', ${new Date(start)}, ${new Date(start + count * bucket)})`
})

describe('the statistics of a stretch of time are those of its ticks', () => {
  const end = start + count * bucket
  const onTheHour = Date.UTC(2028, 3, 1, 9)
  const windows: [string, number, number][] = [
    ['a year', start - 1, end],
    ['a day from an hour to an hour', onTheHour - day, onTheHour],
    ['a day that ends between two ticks', onTheHour - day + 127_001, onTheHour + 127_001],
    ['a day that ends on a tick', onTheHour - day + bucket, onTheHour + bucket],
    ['a day of UTC', Date.UTC(2028, 1, 29), Date.UTC(2028, 2, 1)],
    ['ten minutes', onTheHour, onTheHour + bucket],
    ['half an hour within an hour', onTheHour + bucket, onTheHour + 4 * bucket],
    ['an hour and ten minutes', onTheHour - bucket, onTheHour + hour],
    ['two hours over midnight', Date.UTC(2028, 4, 31, 23), Date.UTC(2028, 5, 1, 1)],
    ['the end of a year', Date.UTC(2027, 11, 31, 12, 34), Date.UTC(2028, 0, 1, 12, 34)],
    ['a gap of a day and a half, and a little', start + 19_990 * bucket, start + 20_220 * bucket],
    ['nothing but a gap', start + 20_000 * bucket, start + 20_215 * bucket],
    ['time before the first', start - 30 * day, start - 1],
    ['30 days that begin before the first', start - 20 * day, start + 10 * day + 1],
  ]
  let state = 7
  for (let index = 0; index < 60; index += 1) {
    state = (Math.imul(state, 22_695_477) + 1) >>> 0
    const until = start + day + Math.floor((state / 2 ** 32) * 365 * day)
    const length = [day, 7 * day, 30 * day, hour * 5][index % 4] ?? day
    windows.push([`${length / hour} hours to ${new Date(until).toISOString()}`, until - length, until])
  }

  test.each(windows)('%s', async (_, after, until) => {
    expect(await asked(after, until)).toEqual(computed(after, until))
  })
})

// Where the clock is changed within the year: Berlin, New York, Lord Howe by half an hour; Kolkata is beside the hour all the time.
test.each(['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'UTC'])(
  'they are the same for a session in %s, on the days of the change too',
  async (zone) => {
    await adminSql.begin(async (sql) => {
      await sql`select set_config('TimeZone', ${zone}, true)`
      for (const date of ['2028-03-26', '2028-03-12', '2028-04-02', '2028-10-01', '2028-10-29', '2028-11-05']) {
        const until = Date.parse(`${date}T13:25:00Z`)
        expect(await asked(until - day, until, sql), date).toEqual(computed(until - day, until))
        expect(await asked(until - 7 * day, until, sql), date).toEqual(computed(until - 7 * day, until))
      }
    })
  },
)

test('a tick that comes late is in them at once', async () => {
  const at = start + 20_100 * bucket
  const late = { at, units: 9_700_050_000_000n }
  const until = at + 3 * hour
  expect(await asked(at - hour, until)).toBeNull()
  await adminSql`
    insert into public.rate_ticks (asset, currency, at, price, spread_basis_points, sources, observed_at, origin)
    values ('BTC', 'USD', ${new Date(at)}, ${text(late.units)}, 0, '{coingecko}', ${new Date(at)}, 'history')`
  await adminSql`select private.roll_up_rates('BTC', 'USD', ${new Date(at)}, ${new Date(at)})`
  ticks.splice(
    ticks.findIndex((tick) => tick.at > at),
    0,
    late,
  )
  expect(await asked(at - hour, until)).toMatchObject({ open: '97000.5', close: '97000.5', stddev: '0', count: 1 })
  for (const length of [2 * hour, day, 7 * day, 30 * day]) {
    expect(await asked(until - length, until)).toEqual(computed(until - length, until))
  }
})

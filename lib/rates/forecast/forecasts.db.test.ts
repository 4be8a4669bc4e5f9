import type postgres from 'postgres'
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { log } from '#lib/log.ts'
import { listForecasts } from '#lib/operate/forecasts.ts'
import { forecastRates } from '#lib/rates/forecast/forecast-rates.ts'
import { foretellHours } from '#lib/rates/forecast/foretell.ts'
import { hourly } from '#lib/rates/forecast/hours.ts'
import { requestForecasts } from '#lib/rates/forecast/request-forecasts.ts'
import { Forecast } from '#lib/rates/forecast/schema.ts'
import { drawnBack, wandering } from '#lib/rates/forecast/walks.testing.ts'
import { alice, introduceCast, olga } from '#supabase/tests/support/cast.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { refusalOf } from '#supabase/tests/support/refusal.ts'

// What is foretold is kept with its record, is the same of the same hours, and reaches nothing that is paid.

const { adminSql, as } = await testDatabase()

const hour = 3_600_000
const now = Date.now()
const until = Math.floor(now / hour)

beforeAll(async () => {
  await introduceCast(adminSql)
  await write(adminSql, 'USDC', drawnBack(1, 1000))
  await write(adminSql, 'BTC', wandering(1, 500))
  await write(adminSql, 'ETH', wandering(2, 1000), 5)
})
beforeEach(() => {
  vi.spyOn(log, 'info').mockImplementation(() => {})
  vi.spyOn(log, 'error').mockImplementation(() => {})
})

/** The hours before now, in dollars: one price in the last ten minutes of each, and one in the first that is not the hour's. */
async function write(sql: postgres.Sql, asset: string, prices: readonly number[], endedHoursAgo = 0): Promise<void> {
  const ticks = prices.flatMap((price, index) => {
    const end = (until - endedHoursAgo - (prices.length - 1 - index)) * hour
    return [
      { at: new Date(end - hour).toISOString(), price: '12345' },
      { at: new Date(end - hour / 6).toISOString(), price: price.toFixed(8) },
    ]
  })
  await sql`
    insert into public.rate_ticks (asset, currency, at, price, spread_basis_points, sources, observed_at, origin)
    select ${asset}, 'USD', t.at, t.price, 0, array['tests'], t.at, 'history'
    from jsonb_to_recordset(${sql.json(ticks)}) t (at timestamptz, price numeric)`
}

const forecastOf = async (asset: string) => {
  const [row] = await as({ role: 'anon' })((sql) => sql`select public.rate_forecast(${asset}, 'USD') as answer`)
  return row?.answer
}

const made = async () => {
  const [row] = await adminSql`select count(*)::int as count from public.rate_forecasts`
  return row?.count
}

describe('a night', () => {
  test('says something of every pair, or why not; and of the same hours nothing twice', async () => {
    expect(await refusalOf(forecastOf('USDC'))).toBe('CWRAT')
    expect(await forecastRates()).toBe(15)
    const reasons = await adminSql`
      select missing_because, count(*)::int as pairs from public.rate_forecasts group by 1 order by 2`
    expect(reasons).toEqual([
      { missing_because: null, pairs: 1 },
      { missing_because: 'no_recent_price', pairs: 1 },
      { missing_because: 'too_few_hours', pairs: 13 },
    ])
    expect(await forecastRates()).toBe(0)
    expect(await Promise.all([forecastRates(), forecastRates()])).toEqual([0, 0])
    expect(await made()).toBe(15)
  })

  test('is read by anybody, as the schema says, starting from the last whole hour', async () => {
    const forecast = Forecast.parse(await forecastOf('USDC'))
    const prices = drawnBack(1, 1000)
    expect(forecast).toMatchObject({
      base: 'USDC',
      quote: 'USD',
      stale: false,
      last: { at: new Date(until * hour).toISOString(), price: String(Number(prices.at(-1)?.toFixed(8))) },
      model: { name: 'reverting_trend_1', hours: 1000 },
      baseline: { name: 'last_value' },
    })
    expect(forecast.horizons.map(({ horizon, at, trend }) => ({ horizon, at, trend }))).toEqual([
      { horizon: '1h', at: new Date((until + 1) * hour).toISOString(), trend: 'steady' },
      { horizon: '24h', at: new Date((until + 24) * hour).toISOString(), trend: 'steady' },
      { horizon: '7d', at: new Date((until + 168) * hour).toISOString(), trend: 'steady' },
    ])
    expect(forecast.path).toHaveLength(33)
    expect(forecast.backtest.horizons.map(({ horizon }) => horizon)).toEqual(['1h', '24h', '7d'])
    expect(forecast.backtest.horizons[1]).toMatchObject({ winner: 'model' })
  })

  test('that could say nothing says why', async () => {
    await expect(forecastOf('BTC')).rejects.toMatchObject({
      status: 404,
      code: 'forecast_missing',
      detail: 'A forecast of BTC in USD needs 672 hours of prices in a row, and the longest row has 500.',
    })
    await expect(forecastOf('ETH')).rejects.toMatchObject({ status: 404, code: 'forecast_missing' })
  })

  test('is on the desk with its record, or with why there is none', async () => {
    const forecasts = await listForecasts({ actor: olga })
    expect(forecasts).toHaveLength(15)
    const [btc] = forecasts
    expect(btc).toMatchObject({ base: 'BTC', quote: 'USD', hours: 500, missingBecause: 'too_few_hours', record: [] })
    const usdc = forecasts.find(({ base, quote }) => base === 'USDC' && quote === 'USD')
    const { backtest } = Forecast.parse(await forecastOf('USDC'))
    expect(usdc).toMatchObject({ hours: 1000, missingBecause: null })
    expect(usdc?.record.map(({ hours, skill }) => [hours, Number(skill)])).toEqual([
      [1, Number(backtest.horizons[0]?.skill)],
      [24, Number(backtest.horizons[1]?.skill)],
      [168, Number(backtest.horizons[2]?.skill)],
    ])
  })

  test('can be made again of what was known then, whatever came later', async () => {
    const [kept] = await adminSql`
      select as_of::text, origin_at::text, inputs, price, (select p.price from public.rate_forecast_points p
        where p.forecast_id = f.id and p.hours = 168) as week
      from public.rate_forecasts f where asset = 'USDC' and currency = 'USD'`
    // A tick that is found afterwards, and those of the hours to come.
    await write(adminSql, 'USDC', [2], 1200)
    await write(adminSql, 'USDC', [3, 3], -2)
    const readAgain = async (asOf: string | null) => {
      const [row] = await as({ role: 'worker' })(
        (sql) => sql`select app.read_rate_hours('USDC', 'USD', ${kept?.origin_at}, ${asOf}) as answer`,
      )
      return hourly(row?.answer.hours, until)
    }
    const again = await readAgain(kept?.as_of)
    expect(again.inputs).toBe(kept?.inputs)
    const foretold = foretellHours(again)
    if (foretold.missingBecause !== null) throw new Error(foretold.missingBecause)
    expect(foretold.price).toBe(String(Number(kept?.price)))
    expect(foretold.points.find(({ hours }) => hours === 168)?.price).toBe(String(Number(kept?.week)))
    expect((await readAgain(null)).inputs).not.toBe(kept?.inputs)
  })
})

describe('what was foretold', () => {
  test('stands: nobody edits or removes it', async () => {
    for (const table of ['rate_forecasts', 'rate_forecast_points', 'rate_backtests']) {
      const name = adminSql(`public.${table}`)
      await expect(adminSql`delete from ${name}`).rejects.toThrow(/append/)
      await expect(adminSql`truncate ${name} cascade`).rejects.toThrow(/append/)
    }
    await expect(adminSql`update public.rate_backtests set skill = 1`).rejects.toThrow(/append/)
  })

  test('is a rise or a fall when it is more than two in a hundred', async () => {
    const [row] = await adminSql`select id from public.rate_forecasts where asset = 'USDC' and currency = 'USD'`
    const trends = await adminSql.begin(async (sql) => {
      await sql`set local session_replication_role = replica`
      await sql`update public.rate_forecasts set price = 100 where id = ${row?.id}`
      await sql`
        update public.rate_forecast_points set low_95 = 1, low_80 = 1, high_80 = 1000, high_95 = 1000,
          price = case hours when 1 then 102 when 24 then 102.001 else 97.999 end where forecast_id = ${row?.id}`
      const [answer] = await sql`select public.rate_forecast('USDC', 'USD') -> 'horizons' as horizons`
      return answer?.horizons.map(({ trend, changePercent }: Record<string, string>) => [trend, changePercent])
    })
    expect(trends).toEqual([
      ['steady', '2'],
      ['rising', '2.001'],
      ['falling', '-2.001'],
    ])
  })

  test('lies in its bands and has all its horizons, or is refused whole', async () => {
    const before = await made()
    const said = {
      asset: 'BDX',
      currency: 'EUR',
      originAt: new Date(until * hour).toISOString(),
      asOf: new Date(now).toISOString(),
      model: 'reverting_trend_1',
      hours: 700,
      longestRun: 700,
      hoursNeeded: 672,
      since: new Date((until - 700) * hour).toISOString(),
      inputs: '0'.repeat(64),
      missingBecause: null,
      price: '1',
      level: 1,
      trend: 0,
      damping: 0,
      reversion: 1,
      points: [{ hours: 1, price: '1', bands: ['0.9', '1.1', '0.8', '1.2'], baseline: ['0.9', '1.1', '0.8', '1.2'] }],
      backtest: [],
    }
    const record = (forecast: typeof said) =>
      as({ role: 'worker' })((sql) => sql`select app.record_rate_forecast(${sql.json(forecast)})`)
    await expect(record(said)).rejects.toThrow('looks 1, 24 and 168 hours ahead')
    const outside = { hours: 1, price: '1', bands: ['0.9', '1.1', '0.95', '1.2'], baseline: ['1', '1', '1', '1'] }
    await expect(record({ ...said, points: [outside] })).rejects.toThrow('rate_forecast_points_lie_in_their_bands')
    await expect(record({ ...said, longestRun: 671 })).rejects.toThrow('rate_forecasts_need_enough_hours')
    await expect(record({ ...said, asOf: new Date(until * hour - 1).toISOString() })).rejects.toThrow(
      'rate_forecasts_know_no_more_than_their_past',
    )
    expect(await made()).toBe(before)
  })

  test('is read by no command and no quote', async () => {
    const readers = await adminSql`
      select format('%s.%s', n.nspname, p.proname) as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname in ('public', 'private', 'app')
        and pg_get_functiondef(p.oid) ~ '\\m(rate_forecasts?|rate_forecast_points|rate_backtests|forecast_json)\\M'
        and p.prokind = 'f' order by 1`
    expect(readers.map(({ name }) => name)).toEqual([
      'app.record_rate_forecast',
      'private.forecast_json',
      'public.rate_forecast',
    ])
  })
})

describe('asking for forecasts', () => {
  test('is an operator’s, once a minute, and leaves a job and a word in the audit log', async () => {
    await expect(requestForecasts({ actor: { role: 'anon' } })).rejects.toMatchObject({ status: 404 })
    expect(await refusalOf(requestForecasts({ actor: alice }))).toBe('CWFRB')
    const jobs = () => adminSql`select key from graphile_worker.jobs where task_identifier = 'forecast_rates'`
    expect(await jobs()).toEqual([])
    const asked = await Promise.all([1, 2, 3].map(() => refusalOf(requestForecasts({ actor: olga }))))
    expect(asked.toSorted()).toEqual(['CWSTA', 'CWSTA', 'accepted'])
    expect(await jobs()).toEqual([{ key: 'forecast_rates' }])
    expect(await adminSql`select actor from public.audit_log where action = 'rates.forecast'`).toEqual([
      { actor: `account:${olga.userId}` },
    ])
    await adminSql`update private.forecast_orders set at = at - interval '1 minute'`
    await requestForecasts({ actor: olga })
    expect(await jobs()).toHaveLength(1)
  })
})

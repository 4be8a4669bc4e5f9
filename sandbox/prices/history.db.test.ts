import { expect, test } from 'vitest'
import { tickAt } from '#sandbox/prices/coins.ts'
import { seedRates } from '#sandbox/prices/history.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'

const { adminSql } = await testDatabase()

test('a year of prices is there at once, goes over into the feed, and is made once', async () => {
  const now = Date.now()
  await seedRates(adminSql, now)
  const pairs = await adminSql`
    select asset, currency, min(at) as first, max(at) as last, count(*)::int as ticks, bool_and(origin = 'history') as told
    from public.rate_ticks group by 1, 2`
  expect(pairs).toHaveLength(15)
  for (const { first, last, ticks, told } of pairs) {
    expect(now - first.getTime()).toBeGreaterThan(364 * 86_400_000)
    // The feed's first reading is of these ten minutes, and only that can be quoted.
    expect([Math.floor(now / 600_000) * 600_000 - last.getTime(), told]).toEqual([600_000, true])
    expect(ticks).toBeGreaterThan(12_900)
  }
  const [newest] = await adminSql`
    select price, at from public.rate_ticks where asset = 'BTC' and currency = 'INR' order by at desc limit 1`
  expect(newest?.price).toBe(String(tickAt('bitcoin', 'inr', newest?.at.getTime()).price))
  const forecasts = () => adminSql`select key from graphile_worker.jobs where task_identifier = 'forecast_rates'`
  expect(await forecasts()).toEqual([{ key: 'forecast_rates' }])
  await adminSql`delete from graphile_worker._private_jobs`

  await seedRates(adminSql, now + 86_400_000)
  expect(await forecasts()).toEqual([])
  expect(await adminSql`select count(*)::int as ticks from public.rate_ticks where at > ${newest?.at}`).toEqual([
    { ticks: 0 },
  ])
  const [rolled] =
    await adminSql`select sum(count)::int as hours, (select count(*)::int from public.rate_ticks) as ticks from public.rate_hours`
  expect(rolled?.hours).toBe(rolled?.ticks)
})

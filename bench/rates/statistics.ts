import type { Sql } from 'postgres'
import { compare, median, type Result } from '#bench/result.ts'

const ROUNDS = 20
/** The most that all pairs together may take. */
const limitMs = 50

const statistics = (sql: Sql, hours: number) => sql`
  select s.count from public.rate_policies p cross join lateral
    private.rate_statistics(p.asset, p.currency, now() - ${hours} * interval '1 hour', now()) s`

/** The same figures, all of them from the ticks: what it would be without the hours and days. */
const fromTicks = (sql: Sql, hours: number) => sql`
  select t.asset, t.currency, (array_agg(t.price order by t.at))[1], max(t.price), min(t.price),
    (array_agg(t.price order by t.at desc))[1], avg(t.price), stddev_pop(t.price), count(*)
  from public.rate_ticks t where t.at > now() - ${hours} * interval '1 hour' and t.at <= now()
  group by t.asset, t.currency`

/** Fifteen pairs with a year of ticks each: what their statistics take in the database. */
export async function statisticsOfAll(sql: Sql): Promise<Result[]> {
  const took = async (query: typeof statistics, hours: number, rounds = ROUNDS) => {
    const times: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      const start = performance.now()
      const rows = await query(sql, hours)
      times.push(performance.now() - start)
      if (rows.length !== 15) throw new Error(`${rows.length} pairs have statistics; there are 15.`)
    }
    return median(times.slice(1))
  }
  const year = 365 * 24
  const month = 30 * 24
  const ofYear = { ours: await took(statistics, year), unit: 'ms', better: 'less' } as const
  return [
    compare({
      ...ofYear,
      name: 'statistics over a year, 15 pairs, against 50 ms',
      peer: limitMs,
      aim: 1,
      explanation: 'Days are read as days; the sums are exact numbers, which take longer than floats.',
    }),
    compare({
      ...ofYear,
      name: 'the same, against the same figures from the ticks',
      peer: await took(fromTicks, year, 4),
      aim: 10,
    }),
    compare({
      name: 'statistics over 30 days, 15 pairs with a year each, against 50 ms',
      ours: await took(statistics, month),
      peer: limitMs,
      unit: 'ms',
      better: 'less',
      aim: 1,
    }),
  ]
}

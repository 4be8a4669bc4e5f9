import postgres from 'postgres'
import { yearOfTicks } from '#bench/rates/stored.ts'
import { compare, median, type Result } from '#bench/result.ts'
import type { World } from '#bench/world.ts'

/** A week of one pair, as the source's history is fetched. */
const BATCH = 1008

type Point = { at: string; price: string }

function points(): Point[] {
  const end = Math.floor(Date.now() / 600_000) * 600_000
  return Array.from({ length: yearOfTicks }, (_, index) => ({
    at: new Date(end - (yearOfTicks - index) * 600_000).toISOString(),
    price: (40_000 + 20_000 * Math.sin(index / 3000)).toFixed(2),
  }))
}

/** A year of ticks of one pair at a time, filled in by the worker's command, against rows of the same table without anything else. */
export async function inserts(world: World): Promise<Result[]> {
  const { adminUrl } = await world.database('rate_inserts')
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {} })
  try {
    await sql`create table public.bare_ticks (asset text, currency text, at timestamptz, price numeric, observed_at timestamptz, primary key (asset, currency, at))`
    const year = points()
    const write = async (insert: (batch: Point[]) => Promise<unknown>) => {
      const start = performance.now()
      for (let index = 0; index < year.length; index += BATCH) await insert(year.slice(index, index + BATCH))
      return (year.length / (performance.now() - start)) * 1000
    }
    const ours: number[] = []
    const bare: number[] = []
    for (const asset of ['BTC', 'ETH', 'BDX']) {
      ours.push(
        await write((batch) =>
          sql.begin((tx) => [
            tx`set local role worker`,
            tx`select app.record_rate_history('coingecko', ${asset}, 'USD', ${tx.json(batch)})`,
          ]),
        ),
      )
      bare.push(
        await write(
          (batch) =>
            sql`insert into public.bare_ticks select ${asset}, 'USD', p.at, p.price, p.at from jsonb_to_recordset(${sql.json(batch)}) p (at timestamptz, price numeric)`,
        ),
      )
    }
    const [row] =
      await sql`select (select count(*)::int from public.rate_ticks) as ours, (select count(*)::int from public.bare_ticks) as bare`
    if (row?.ours !== row?.bare) throw new Error(`${row?.ours} ticks were written of ${row?.bare}.`)
    return [
      compare({
        name: 'a year of ticks filled in, a week at a time, against bare rows',
        ours: median(ours),
        peer: median(bare),
        unit: 'ticks/s',
        better: 'more',
        aim: 0.2,
        explanation:
          'Each is compared with its neighbours, with what was held and with what is there; alerts and the outbox are asked; hours and days are made again.',
      }),
    ]
  } finally {
    await sql.end()
  }
}

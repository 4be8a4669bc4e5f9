import postgres from 'postgres'
import { pgbench } from '#bench/intents/pgbench.ts'
import { asAgent, proposal, type Seeded, seed, simulation } from '#bench/intents/seed.ts'
import { compare, median, type Result } from '#bench/result.ts'
import type { Database, World } from '#bench/world.ts'

const rounds = 5

/** How fast payments are proposed, and whether a verdict slows down as more were made. */
export async function run(world: World): Promise<Result[]> {
  return [...(await proposing(world)), ...(await judging(world))]
}

/** The least that keeps a payment and what is promised of a wallet: a row, and a sum under its lock. */
const bare = `begin;
update public.bare_wallets set held = held + 1000 where id = 1;
insert into public.bare_payments (id, wallet_id, recipient, amount) values (gen_random_uuid(), 1, '0x00000000000000000000000000000000000c0ffe', 1000);
commit;
`

async function proposing(world: World): Promise<Result[]> {
  const database = await world.database('proposing')
  const agent = await seed(database, 1000)
  const sql = postgres(database.adminUrl, { max: 1 })
  await sql`create table public.bare_wallets (id integer primary key, held numeric(78, 0) not null)`
  await sql`create table public.bare_payments (id uuid primary key, wallet_id integer not null references public.bare_wallets, recipient text not null, amount numeric(78, 0) not null)`
  await sql`insert into public.bare_wallets values (1, 0)`
  await sql`grant select, insert, update on public.bare_wallets, public.bare_payments to causeway`
  const results: Result[] = []
  for (const clients of [1, 8]) {
    const loads = {
      ours: { name: 'propose', script: asAgent(agent, proposal(agent)), clients, transactions: 400 / clients },
      peer: { name: 'bare', script: bare, clients, transactions: 1600 / clients },
    }
    const rates = { ours: [] as number[], peer: [] as number[] }
    // The first of each is to warm up.
    for (let round = 0; round <= rounds; round += 1) {
      for (const side of ['ours', 'peer'] as const) rates[side].push(await pgbench(world, database, loads[side]))
    }
    results.push(
      compare({
        name: `proposals by ${clients} at once on one wallet, against one insert and one update under its lock`,
        ours: median(rates.ours.slice(1)),
        peer: median(rates.peer.slice(1)),
        unit: 'proposals/s',
        better: 'more',
        aim: 0.1,
        explanation: 'Seven guards, the hold on balance and budgets, the events and the job, against two rows.',
      }),
    )
  }
  const [row] = await sql`
    select (select count(*)::integer from public.intents where purpose = 'a bench') as made,
      (select count(*)::integer from public.spend_reservations) as held,
      (select sum(held)::text from public.ledger_accounts where kind = 'wallet') as promised`
  await sql.end()
  const expected = 2 * (rounds + 1) * 400
  if (row?.made !== expected || row.held !== expected || row.promised !== String(expected * 1000))
    throw new Error(
      `Of ${expected} proposals ${row?.made} were kept, ${row?.held} hold, and ${row?.promised} is promised.`,
    )
  return results
}

type Store = { past: number; database: Database; agent: Seeded; times: number[] }

async function judging(world: World): Promise<Result[]> {
  const stores: Store[] = []
  for (const past of [1_000, 100_000, 1_000_000]) {
    world.say(`  ${past.toLocaleString('en')} past payments`)
    const database = await world.database(`past_${past}`)
    stores.push({ past, database, agent: await seed(database, past), times: [] })
  }
  // In turns, so that whatever else the machine does meanwhile befalls all; the first round is to warm up.
  for (let round = 0; round <= 2 * rounds; round += 1) {
    for (const { past, database, agent, times } of round % 2 === 0 ? stores : stores.toReversed()) {
      const script = asAgent(agent, simulation(agent))
      const rate = await pgbench(world, database, { name: `judge-${past}`, script, clients: 1, transactions: 300 })
      times.push(1000 / rate)
    }
  }
  const timeOf = ({ times }: Store) => median(times.slice(1))
  const [fewest, ...more] = stores
  if (!fewest) throw new Error('Nothing was measured.')
  return more.map((store) =>
    compare({
      name: `a verdict of seven guards: ${store.past.toLocaleString('en')} past payments against ${fewest.past.toLocaleString('en')}`,
      ours: timeOf(store),
      peer: timeOf(fewest),
      unit: 'ms',
      better: 'less',
      aim: 0.77,
    }),
  )
}

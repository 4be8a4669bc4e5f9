import { join } from 'node:path'
import postgres from 'postgres'
import { startChild } from '#bench/child.ts'
import { benchEnvironment } from '#bench/environment.ts'
import { compare, median, type Result } from '#bench/result.ts'
import { startStandIn } from '#bench/sessions/stand-in.ts'
import { openStore } from '#bench/sessions/store.ts'
import type { World } from '#bench/world.ts'

const few = 10_000
const many = 1_000_000
const rounds = 20

/** How fast purchases begin, and whether reading them slows down as more are stored. */
export async function run(world: World): Promise<Result[]> {
  return [...(await creation(world)), ...(await reading(world))]
}

/** What Stripe takes of an account in live mode (support.stripe.com/questions/rate-limit-error-when-creating-bulk-api-requests). */
const stripePerSecond = 100

async function creation(world: World): Promise<Result[]> {
  const database = await world.database('creation')
  const sql = postgres(database.adminUrl, { max: 1 })
  await sql`create table public.bare_sessions (id uuid primary key, wallet_address text not null, stripe_session_id text)`
  await sql.end()
  const stripe = await startStandIn(join(world.folder, 'stripe'))
  const child = startChild(join(import.meta.dirname, 'creations.ts'), {
    ...benchEnvironment,
    DATABASE_URL: database.url,
    STRIPE_API_URL: stripe.url,
  })
  try {
    const round = { count: 300, connections: 16, adminUrl: database.adminUrl }
    const ours: number[] = []
    const bare: number[] = []
    // The first of each is to warm up.
    for (let time = 0; time <= 5; time += 1) {
      ours.push(await child.ask<number>('ours', round))
      bare.push(await child.ask<number>('bare', round))
    }
    const created = { ours: median(ours.slice(1)), unit: 'sessions/s', better: 'more' } as const
    return [
      compare({
        ...created,
        name: 'sessions created, 16 at once, against a row and the same call to Stripe',
        peer: median(bare.slice(1)),
        aim: 0.5,
        explanation:
          'Three transactions of roles and triggers, which keep the key, the answer, the event and the job, against two bare statements.',
      }),
      compare({
        ...created,
        name: 'sessions created, 16 at once, against what Stripe takes of one account',
        peer: stripePerSecond,
        aim: 1,
      }),
    ]
  } finally {
    await child.stop()
    await stripe.stop()
  }
}

async function reading(world: World): Promise<Result[]> {
  const small = await openStore(world, few)
  const large = await openStore(world, many)
  try {
    const results: Result[] = []
    for (const name of await large.reader.ask<string[]>('names')) {
      const [ours, peer]: [number[], number[]] = [[], []]
      // In turns, so that whatever else the machine does meanwhile befalls both; the first round is to warm up.
      for (let round = 0; round <= rounds; round += 1) {
        const asks = [
          async () => peer.push(await small.reader.ask<number>('round', name)),
          async () => ours.push(await large.reader.ask<number>('round', name)),
        ]
        for (const ask of round % 2 === 0 ? asks : asks.toReversed()) await ask()
      }
      results.push(
        compare({
          name: `${name}: 10⁶ sessions stored against 10⁴`,
          ours: median(ours.slice(1)),
          peer: median(peer.slice(1)),
          unit: 'ms',
          better: 'less',
          aim: 0.83,
          explanation:
            "The plans are the same and read as many pages; of 2.5 GB fewer of them are in Postgres' own cache (128 MB here) than of 30 MB.",
        }),
      )
    }
    return results
  } finally {
    await small.close()
    await large.close()
  }
}

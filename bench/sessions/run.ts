import { join } from 'node:path'
import postgres from 'postgres'
import { startChild } from '#bench/child.ts'
import { benchEnvironment } from '#bench/environment.ts'
import { compare, median, type Result } from '#bench/result.ts'
import { openStore } from '#bench/sessions/store.ts'
import type { World } from '#bench/world.ts'
import { startStripe } from '#sandbox/stripe/start.ts'

const few = 10_000
const many = 1_000_000
const rounds = 7

/** How fast purchases begin, and whether reading them slows down as more are stored. */
export async function run(world: World): Promise<Result[]> {
  return [await creation(world), ...(await reading(world))]
}

async function creation(world: World): Promise<Result> {
  const database = await world.database('creation')
  const sql = postgres(database.adminUrl, { max: 1 })
  await sql`create table public.bare_sessions (id uuid primary key, wallet_address text not null, stripe_session_id text)`
  await sql.end()
  const stripe = await startStripe({
    dir: join(world.folder, 'stripe'),
    port: 0,
    // Nothing is paid here, so nothing reaches a chain.
    rpcUrl: 'http://127.0.0.1:9',
    tokens: { USDC: '0xe1a26db653708A2AD8F824E92Db9852410e33A59' },
    settlementKey: `0x${'1'.repeat(64)}`,
    webhookUrl: null,
    webhookSecret: benchEnvironment.STRIPE_WEBHOOK_SECRETS,
  })
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
    return compare({
      name: 'sessions created, 16 at once, against one row and the same call to Stripe',
      ours: median(ours.slice(1)),
      peer: median(bare.slice(1)),
      unit: 'sessions/s',
      better: 'more',
      aim: 0.5,
    })
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
        peer.push(await small.reader.ask<number>('round', name))
        ours.push(await large.reader.ask<number>('round', name))
      }
      results.push(
        compare({
          name: `${name}, with 10⁶ sessions stored against 10⁴`,
          ours: median(ours.slice(1)),
          peer: median(peer.slice(1)),
          unit: 'ms',
          better: 'less',
          aim: 0.83,
        }),
      )
    }
    return results
  } finally {
    await small.close()
    await large.close()
  }
}

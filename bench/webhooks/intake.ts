import { join } from 'node:path'
import postgres from 'postgres'
import { benchEnvironment } from '#bench/environment.ts'
import { compare, median, type Result } from '#bench/result.ts'
import { deliver } from '#bench/webhooks/load.ts'
import { installPeer, migratePeer } from '#bench/webhooks/peer.ts'
import type { Database, World } from '#bench/world.ts'
import { machineEnvironment } from '#sandbox/build.ts'
import { freePort } from '#sandbox/ports.ts'
import { type Program, startProgram } from '#sandbox/processes.ts'

const ROUNDS = 5
/** So many events a round, at so many connections; the peer is to be so many times slower. */
const LOADS = [
  {
    connections: 1,
    count: 500,
    aim: 1,
    explanation: 'One event alone pays for three rows and their indexes, against one row.',
  },
  { connections: 16, count: 2500, aim: 2, explanation: 'The load, the server and Postgres share the processor.' },
  { connections: 64, count: 4000, aim: 3, explanation: 'The load, the server and Postgres share the processor.' },
]

type Side = { kind: 'ours' | 'peer'; url: string; database: Database; program: Program }

/** Our receive path against the peer's, each in the same bare HTTP server on the same Postgres, in turns. */
export async function intake(world: World): Promise<Result[]> {
  const folder = await installPeer(world)
  const database = await world.emptyDatabase('intake_peer')
  await migratePeer(folder, database)
  const ours = await start(world, 'ours', await world.database('intake_ours'), folder)
  const peer = await start(world, 'peer', database, folder)
  try {
    const results: Result[] = []
    for (const side of [ours, peer]) await load(side, 16, 2000)
    for (const { connections, count, aim, explanation } of LOADS) {
      const rates = { ours: [] as number[], peer: [] as number[] }
      for (let round = 0; round < ROUNDS; round += 1) {
        for (const side of round % 2 === 0 ? [ours, peer] : [peer, ours]) {
          rates[side.kind].push(await load(side, connections, count))
        }
      }
      results.push(
        compare({
          name: `intake, ${connections} connections, against @supabase/stripe-sync-engine`,
          ours: median(rates.ours),
          peer: median(rates.peer),
          unit: 'events/s',
          better: 'more',
          aim,
          explanation,
        }),
      )
    }
    const sent = 2000 + ROUNDS * LOADS.reduce((sum, { count }) => sum + count, 0)
    await expectRows(ours.database, 'public.webhook_events', sent)
    await expectRows(ours.database, 'graphile_worker.jobs', sent)
    await expectRows(peer.database, 'stripe.payment_intents', sent)
    return results
  } finally {
    for (const { program } of [ours, peer]) await program.stop()
  }
}

const load = ({ url }: Side, connections: number, count: number): Promise<number> =>
  deliver({ url, secret: benchEnvironment.STRIPE_WEBHOOK_SECRETS, connections, count })

async function start(world: World, kind: Side['kind'], database: Database, folder: string): Promise<Side> {
  const port = await freePort()
  const program = startProgram({
    name: `the server of ${kind}`,
    args: ['bench/webhooks/server.ts', kind, String(port), folder],
    env: { ...machineEnvironment(), ...benchEnvironment, NODE_ENV: 'production', DATABASE_URL: database.url },
    log: join(world.folder, `${kind}.log`),
  })
  await program.said(/listening/)
  return { kind, url: `http://127.0.0.1:${port}/`, database, program }
}

/** What was answered with a 200 has to be there. */
async function expectRows({ adminUrl }: Database, table: string, expected: number): Promise<void> {
  const sql = postgres(adminUrl, { max: 1 })
  const [row] = await sql`select count(*)::integer as count from ${sql(table)}`
  await sql.end()
  if (row?.count !== expected)
    throw new Error(`${table} has ${row?.count} rows, of ${expected} that were acknowledged.`)
}

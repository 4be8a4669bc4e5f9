import { join } from 'node:path'
import postgres from 'postgres'
import type { Address, Hex } from 'viem'
import { startChild } from '#bench/child.ts'
import { benchEnvironment } from '#bench/environment.ts'
import type { Database, World } from '#bench/world.ts'
import { startWorker } from '#sandbox/app.ts'

type Deliveries = { world: World; database: Database; rpcUrl: string; privateKey: Hex; buyers: Address[] }

/**
 * The real worker, eight jobs at once, with a paid purchase for each buyer in its queue: from there to the last one's receipt.
 * Returns how many milliseconds that took.
 */
export async function deliverQueued(deliveries: Deliveries): Promise<number> {
  const { world, database, rpcUrl, privateKey, buyers } = deliveries
  const env = {
    ...benchEnvironment,
    DATABASE_URL: database.url,
    RPC_URL_MEZO_TESTNET: rpcUrl,
    TREASURY_NETWORK: 'mezo-testnet',
    TREASURY_PRIVATE_KEY: privateKey,
  }
  const sql = postgres(database.adminUrl, { max: 1, onnotice: () => {} })
  const purchases = startChild(join(import.meta.dirname, 'purchases.ts'), env)
  try {
    await purchases.ask('fund', buyers)
    // A worker that just started is slower than one that runs, so it starts first, and then the queue opens.
    await sql`update graphile_worker._private_jobs set run_at = 'infinity'`
    const worker = await startWorker({ env, logs: world.folder })
    try {
      const start = performance.now()
      await sql`update graphile_worker._private_jobs set run_at = now()`
      await sql`select pg_notify('jobs:insert', '{"count": 200}')`
      await delivered(sql, buyers.length)
      return performance.now() - start
    } finally {
      await worker.stop()
    }
  } finally {
    await purchases.stop()
    await sql.end()
  }
}

/** Resolves when there are so many receipts. */
export async function delivered(sql: postgres.Sql, count: number): Promise<void> {
  for (;;) {
    const [row] = await sql`select count(*)::int as receipts from public.receipts`
    if (row?.receipts >= count) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

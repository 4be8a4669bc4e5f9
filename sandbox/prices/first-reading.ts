import postgres from 'postgres'
import { waitFor } from '#sandbox/http/wait-for.ts'

/**
 * Has the worker read prices now, and resolves when each pair has a fresh one: a world that was away has none, and without one
 * nothing can be bought. What is missing of the time in between the app fetches by itself.
 */
export async function readRatesNow({ adminUrl }: { adminUrl: string }): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {} })
  try {
    // A source that wanted to be left alone did so by a fault, and those ended with it.
    await sql`update public.rate_sources set retry_at = null where retry_at is not null`
    await sql`select private.add_job('read_rates', '{}', 'read_rates')`
    await waitFor('fresh prices', async () => (await stale(sql)) === 0, 60_000)
  } finally {
    await sql.end()
  }
}

/** How many pairs have no price that a quote could stand on. */
async function stale(sql: postgres.Sql): Promise<number> {
  const [row] = await sql`
    select count(*)::int as pairs from public.rate_policies p where not exists (
      select from public.rate_ticks t where t.asset = p.asset and t.currency = p.currency and t.origin = 'feed'
        and t.observed_at > now() - private.rate_freshness() and t.at > now() - interval '1 hour')`
  return row?.pairs
}

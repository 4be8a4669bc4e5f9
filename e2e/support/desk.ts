import type { Page } from '@playwright/test'
import type postgres from 'postgres'

/** Types into the desk's one search box and waits until it has led somewhere else. */
export async function searchDesk(page: Page, text: string): Promise<void> {
  const before = page.url()
  await page.getByRole('searchbox').fill(text)
  await page.getByRole('searchbox').press('Enter')
  await page.waitForURL((url) => url.href !== before && url.pathname !== '/operate/search')
}

/** The job of that key has failed at its last attempt, as the queue writes it down. Resolves to its id. */
export async function giveUpJob(db: postgres.Sql, key: string): Promise<string> {
  const [row] = await db<{ id: string }[]>`
    update graphile_worker._private_jobs set attempts = max_attempts, last_error = 'Error: nobody answered at https://node.test/v2/a-key'
    where key = ${key} and locked_at is null returning id::text`
  if (!row) throw new Error(`There is no job ${key} that nobody works on.`)
  return row.id
}

/** The transfer was prepared so much earlier: what has its time may be given up. */
export async function ageTransfers(db: postgres.Sql, sessionId: string): Promise<void> {
  await db.begin((sql) => [
    // Only its owner can do this: it turns the triggers off that keep the time true.
    sql`set local session_replication_role = replica`,
    sql`update public.transfers set created_at = created_at - interval '10 minutes' where session_id = ${sessionId} and finalized_at is null`,
    sql`update graphile_worker._private_jobs set run_at = now() where locked_at is null and key in (
      select 'send:' || t.id from public.transfers t where t.session_id = ${sessionId})`,
  ])
}

/** The day in which the session can be paid is over. */
export async function passQuote(db: postgres.Sql, sessionId: string): Promise<void> {
  await db.begin((sql) => [
    // Only its owner can do this: it turns the triggers off that keep the time true.
    sql`set local session_replication_role = replica`,
    sql`update public.onramp_sessions set expires_at = now() - interval '10 minutes' where id = ${sessionId}`,
  ])
}

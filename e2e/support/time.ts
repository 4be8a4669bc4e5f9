import { expect } from '@playwright/test'
import type postgres from 'postgres'
import { appEnvironment, type World } from '#e2e/support/world.ts'

/**
 * Lets ten minutes pass for one session without waiting for them: what its row last saw becomes older, its jobs come due
 * sooner, and the scheduler comes by as it does every minute.
 */
export async function passTime(
  world: World,
  db: postgres.Sql,
  id: string,
  task: 'jobs' | 'reconcile' = 'jobs',
): Promise<void> {
  await db.begin(async (sql) => {
    // Only its owner can do this: it turns the triggers off that keep the time true.
    await sql`set local session_replication_role = replica`
    await sql`update public.onramp_sessions set updated_at = updated_at - interval '10 minutes' where id = ${id}`
    await sql`update graphile_worker._private_jobs set run_at = run_at - interval '10 minutes'
      where key like ${`%${id}`} and locked_at is null`
  })
  const answer = await fetch(`${world.app}/api/cron/${task}`, {
    headers: { authorization: `Bearer ${appEnvironment().CRON_SECRET}` },
  })
  expect(answer.status).toBe(200)
}

import { as } from '#lib/db/as.ts'
import { log } from '#lib/log.ts'

/** Gives rows that should be moving, and have no job, a job again. Runs every minute. */
export async function scheduleStalledWork(): Promise<void> {
  const [row] = await as({ role: 'worker' })((sql) => sql`select app.schedule_stalled_work() as count`)
  if (row && row.count > 0) log.warn('stalled work was scheduled again', { count: row.count })
}

import { as } from '#lib/db/as.ts'
import { log } from '#lib/log.ts'

/** Has every token looked at that somebody awaits a payment in and that no look is queued for. Runs every minute. */
export async function scheduleWatches(): Promise<void> {
  const [row] = await as({ role: 'worker' })((sql) => sql`select app.schedule_watches() as count`)
  if (row && row.count > 0) log.warn('watches of payments were scheduled again', { count: row.count })
}

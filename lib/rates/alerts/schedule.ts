import { as } from '#lib/db/as.ts'
import { log } from '#lib/log.ts'

/** Goes on with telling where a worker died. Runs every minute. */
export async function scheduleRateAlerts(): Promise<void> {
  const [row] = await as({ role: 'worker' })((sql) => sql`select app.schedule_rate_alerts() as count`)
  if (row && row.count > 0) log.warn('price alerts were scheduled again', { count: row.count })
}

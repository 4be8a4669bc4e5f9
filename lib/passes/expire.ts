import { as } from '#lib/db/as.ts'
import { log } from '#lib/log.ts'

/** Ends the passes whose time is over. Runs every minute; they let nobody in before it does either. */
export async function expirePasses(): Promise<void> {
  const [row] = await as({ role: 'worker' })((sql) => sql`select app.expire_passes() as count`)
  if (row && row.count > 0) log.info('passes ended', { count: row.count })
}

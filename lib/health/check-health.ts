import type postgres from 'postgres'
import { as } from '#lib/db/as.ts'
import { lookAtEverything } from '#lib/health/look.ts'
import { log } from '#lib/log.ts'

/** Looks at every part and keeps what was found, for the desk and the alerts. Runs every minute. */
export async function checkHealth(): Promise<void> {
  const parts = await lookAtEverything()
  for (const { name, status, summary } of parts) {
    if (status !== 'ok') log.warn('a part is not well', { part: name, status, summary })
  }
  // Cast: a part's detail is JSON, which the driver's type of it says in another way.
  const checks = parts as unknown as Parameters<postgres.Sql['json']>[0]
  await as({ role: 'worker' })((sql) => sql`select app.record_health(${sql.json(checks)})`)
}

import { channels } from '#lib/alerts/channels.ts'
import { as } from '#lib/db/as.ts'
import { log } from '#lib/log.ts'

/**
 * Lets the database compare what is with what operators were told: it opens and clears alerts, and queues a message about
 * each change for every channel. Runs every minute; what it leaves out, because it never ran, the next run finds.
 */
export async function reviewAlerts(): Promise<void> {
  const changes = await as({ role: 'worker' })((sql) => sql`select * from app.review_alerts(${channels()})`)
  for (const { alert_kind: kind, alert_subject: subject, change } of changes) {
    if (change === 'opened') log.warn('an alert opened', { kind, subject })
    else log.info('an alert cleared', { kind, subject })
  }
}

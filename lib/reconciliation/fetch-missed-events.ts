import { as } from '#lib/db/as.ts'
import { log } from '#lib/log.ts'
import { listEvents, onrampEventTypes } from '#lib/rails/stripe/events.ts'

const worker = as({ role: 'worker' })

/** A webhook that is on its way deserves to arrive by itself. */
const settleSeconds = 60
/** Lists are read in spans, so that a long absence is caught up on in steps that each count. */
const spanMs = 6 * 3600 * 1000

/**
 * Compares Stripe's list of onramp events with the inbox, from where the last comparison ended, and stores what never reached
 * us: as events that were fetched, handled as any other. Returns how many there were.
 */
export async function fetchMissedEvents({ until = new Date(Date.now() - settleSeconds * 1000) } = {}): Promise<number> {
  const [row] = await worker((sql) => sql`select app.read_events_listed_until('stripe') as since`)
  let missed = 0
  for (let since: Date = row?.since; since < until; ) {
    const end = new Date(Math.min(since.getTime() + spanMs, until.getTime()))
    for (const { id, type, createdAt, body } of await listEvents({ types: onrampEventTypes, since, until: end })) {
      const [stored] = await worker(
        (sql) =>
          sql`select app.store_fetched_event('stripe', ${id}, ${type}, ${Buffer.from(body)}, ${createdAt}) as is_new`,
      )
      if (stored?.is_new) missed += 1
    }
    await worker((sql) => sql`select app.record_events_listed('stripe', ${end})`)
    since = end
  }
  if (missed > 0) log.warn('webhooks that never came were fetched', { source: 'stripe', count: missed })
  return missed
}

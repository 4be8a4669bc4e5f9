import { type Check, fail, ok } from '#scripts/doctor/check.ts'

/** It runs every five minutes; three runs that did not come are no accident. */
const silentMinutes = 16
/** The last quarter of an hour is compared again each time, and so is taken off what the command tells. */
const againMinutes = 15

/** Stripe's list of events is compared with the inbox, by the worker's clock or the scheduler's: the sign that either is at work. */
export const reconciliation: Check = {
  name: 'reconciliation',
  needs: ['DATABASE_URL'],
  look: async ({ asWorker, values }) => {
    const [row] = await asWorker(
      (sql) => sql`select extract(epoch from now() - app.read_events_listed_until('stripe'))::int / 60 as minutes`,
    )
    const minutes = (row?.minutes ?? 0) - againMinutes
    if (minutes < silentMinutes) return ok(minutes < 0 ? 'nothing to compare yet' : `${minutes} minutes ago`)
    return fail(
      `Stripe's events were last compared with the inbox ${minutes} minutes ago`,
      values.VERCEL
        ? "Look at the runs of /api/cron/reconcile in Vercel's dashboard: 404 means that CRON_SECRET differs there."
        : "Read the worker's log: it says which step of the reconciliation fails, and why.",
    )
  },
}

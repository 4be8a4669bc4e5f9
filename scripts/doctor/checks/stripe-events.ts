import Stripe from 'stripe'
import { onrampEventTypes } from '#lib/rails/stripe/events.ts'
import { type Check, ok, skip, type Verdict, warn } from '#scripts/doctor/check.ts'

const daySeconds = 86_400
/** A younger event may still be on its way. */
const underwaySeconds = 120

/** What Stripe told us in the last day has arrived by itself: its own list of events against our inbox. */
export const stripeEvents: Check = {
  name: 'deliveries',
  needs: ['STRIPE_SECRET_KEY', 'DATABASE_URL'],
  look: async ({ stripe, asWorker }): Promise<Verdict> => {
    const now = Math.floor(Date.now() / 1000)
    let events: Stripe.Event[]
    try {
      const created = { gte: now - daySeconds, lte: now - underwaySeconds }
      const list = await stripe().events.list({ types: [...onrampEventTypes], created, limit: 100 })
      events = list.data.filter((event) => event.created >= created.gte && event.created <= created.lte)
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeError)) throw error
      return skip('not asked: Stripe does not list its events to this key')
    }
    if (events.length === 0) return ok('no onramp event in the last day')
    const ids = events.map(({ id }) => id)
    // What the reconciliation had to fetch is in the inbox as well, delivered by nobody.
    const rows = await asWorker(
      (sql) => sql`
        select event_id from public.webhook_events where source = 'stripe' and event_id = any(${ids}) and deliveries > 0`,
    )
    const missing = ids.filter((id) => !rows.some((row) => row.event_id === id))
    return missing.length === 0
      ? ok(`the last ${ids.length} onramp events of a day were delivered`)
      : warn(
          `${missing.length} of the last ${ids.length} onramp events were never delivered, the newest ${missing[0]}`,
          "Look at the endpoint's attempts in Stripe's dashboard: where we answered 400, its secret is not in STRIPE_WEBHOOK_SECRETS.",
        )
  },
}

import { as } from '#lib/db/as.ts'
import { syncOnrampSession } from '#lib/onramp/sync.ts'

type Payload = { sessionId: string }

/** Ends a session whose time is over and that nobody paid. Stripe is asked first: a payment that just came in wins. */
export async function expireOnrampSession({ sessionId }: Payload): Promise<void> {
  await syncOnrampSession({ sessionId })
  await as({ role: 'worker' })((sql) => sql`select app.expire_onramp_session(${sessionId})`)
}

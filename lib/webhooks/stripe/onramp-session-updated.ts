import { z } from 'zod'
import { as } from '#lib/db/as.ts'
import { syncOnrampSession } from '#lib/onramp/sync.ts'
import { isMissing } from '#lib/rails/stripe/errors.ts'
import { retrieveOnrampSession, type StripeOnrampSession } from '#lib/rails/stripe/onramp-sessions.ts'
import type { Handled } from '#lib/webhooks/handled.ts'

const Event = z.object({ data: z.object({ object: z.object({ id: z.string() }) }) })

const ignored = (because: string): Handled => ({ outcome: 'ignored', because })

/**
 * A session moved at Stripe. The event only names it: its state is read again at Stripe, so a forged, stale or reordered
 * body moves nothing. One that Stripe does not know, and we do not either, is ignored for good: asking again tells no more.
 */
export async function onrampSessionUpdated(event: unknown): Promise<Handled> {
  const parsed = Event.safeParse(event)
  if (!parsed.success) return ignored('It names no session.')
  const stripeSessionId = parsed.data.data.object.id
  let sessionId = await findSession(stripeSessionId)
  if (sessionId === undefined) {
    const stripe = await findAtStripe(stripeSessionId)
    if (stripe === undefined) return ignored('It names a session that Stripe does not know.')
    sessionId = await openFromStripe(stripe)
  }
  if (sessionId === undefined) return ignored('It names a session that is none of ours.')
  await syncOnrampSession({ sessionId })
  return { outcome: 'processed' }
}

const worker = as({ role: 'worker' })

async function findSession(stripeSessionId: string): Promise<string | undefined> {
  const [row] = await worker(
    (sql) => sql`select id from public.onramp_sessions where stripe_session_id = ${stripeSessionId}`,
  )
  return row?.id
}

async function findAtStripe(stripeSessionId: string): Promise<StripeOnrampSession | undefined> {
  try {
    return await retrieveOnrampSession(stripeSessionId)
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** The request that made the Stripe session may have died before it stored its id: Stripe's metadata tells whose it is. */
async function openFromStripe(stripe: StripeOnrampSession): Promise<string | undefined> {
  const id = z.uuid().safeParse(stripe.metadata.causeway_session_id).data
  if (id === undefined || stripe.redirectUrl === null) return undefined
  const [ours] = await worker((sql) => sql`select stripe_session_id from public.onramp_sessions where id = ${id}`)
  if (!ours || ours.stripe_session_id !== null) return undefined
  await worker((sql) => sql`select app.open_onramp_checkout(${id}, ${stripe.id}, ${stripe.redirectUrl})`)
  return id
}

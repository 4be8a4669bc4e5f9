import { z } from 'zod'
import { as } from '#lib/db/as.ts'
import { syncOnrampSession } from '#lib/onramp/sync.ts'
import { retrieveOnrampSession } from '#lib/rails/stripe/onramp-sessions.ts'

const Event = z.object({ data: z.object({ object: z.object({ id: z.string() }) }) })

/**
 * A session moved at Stripe. The event only names it: its state is read again at Stripe, so a forged, stale or reordered
 * body moves nothing.
 */
export async function onrampSessionUpdated(event: unknown): Promise<'processed' | 'ignored'> {
  const parsed = Event.safeParse(event)
  if (!parsed.success) return 'ignored'
  const stripeSessionId = parsed.data.data.object.id
  const sessionId = (await findSession(stripeSessionId)) ?? (await openFromStripe(stripeSessionId))
  if (sessionId === undefined) return 'ignored'
  await syncOnrampSession({ sessionId })
  return 'processed'
}

const worker = as({ role: 'worker' })

async function findSession(stripeSessionId: string): Promise<string | undefined> {
  const [row] = await worker(
    (sql) => sql`select id from public.onramp_sessions where stripe_session_id = ${stripeSessionId}`,
  )
  return row?.id
}

/** The request that made the Stripe session may have died before it stored its id: Stripe's metadata tells whose it is. */
async function openFromStripe(stripeSessionId: string): Promise<string | undefined> {
  const stripe = await retrieveOnrampSession(stripeSessionId)
  const id = z.uuid().safeParse(stripe.metadata.causeway_session_id).data
  if (id === undefined || stripe.redirectUrl === null) return undefined
  const [ours] = await worker((sql) => sql`select stripe_session_id from public.onramp_sessions where id = ${id}`)
  if (!ours || ours.stripe_session_id !== null) return undefined
  await worker((sql) => sql`select app.open_onramp_checkout(${id}, ${stripe.id}, ${stripe.redirectUrl})`)
  return id
}

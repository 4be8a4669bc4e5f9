import { as } from '#lib/db/as.ts'
import type { Network } from '#lib/money/assets.ts'
import { networks } from '#lib/rails/chain/networks.ts'
import { retrieveOnrampSession } from '#lib/rails/stripe/onramp-sessions.ts'
import { note } from '#lib/telemetry/context.ts'

type Payload = { sessionId: string }

const worker = as({ role: 'worker' })

/**
 * Re-reads a session at Stripe and records where it is. Every webhook ends here, so that duplicate, late and reordered
 * events all lead to the same state. Returns our status.
 */
export async function syncOnrampSession({ sessionId }: Payload): Promise<string> {
  note({ sessionId })
  const [session] = await worker(
    (sql) =>
      sql`select status, stripe_session_id, settlement_network from public.onramp_sessions where id = ${sessionId}`,
  )
  if (!session) throw new Error(`There is no session ${sessionId}`)
  if (session.stripe_session_id === null) return session.status
  const stripe = await retrieveOnrampSession(session.stripe_session_id)
  const { confirmations } = networks[session.settlement_network as Network]
  const [recorded] = await worker(
    (sql) =>
      sql`select app.record_stripe_session(${sessionId}, ${stripe.id}, ${stripe.status}, ${stripe.transactionHash}, ${confirmations}) as status`,
  )
  return recorded?.status
}

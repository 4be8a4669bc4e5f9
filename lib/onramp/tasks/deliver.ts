import { as } from '#lib/db/as.ts'
import { requireTreasury } from '#lib/onramp/treasury.ts'
import { tokenBalance } from '#lib/rails/chain/balance.ts'
import { networks } from '#lib/rails/chain/networks.ts'
import { pendingNonce } from '#lib/rails/chain/nonce.ts'

type Payload = { sessionId: string }

const worker = as({ role: 'worker' })

/**
 * Begins the treasury's delivery of a funded session: tells the database what the treasury holds, and asks it to prepare
 * the transfer. The database decides; running this twice, or at once, prepares one transfer.
 */
export async function deliverOnrampSession({ sessionId }: Payload): Promise<void> {
  const [session] = await worker((sql) => sql`select asset from public.onramp_sessions where id = ${sessionId}`)
  if (!session) throw new Error(`There is no session ${sessionId}`)
  const { network, address } = await requireTreasury()
  const { amount, blockNumber } = await tokenBalance({ network, asset: session.asset, address })
  await worker(
    (sql) =>
      sql`select app.record_treasury_balance(${network}, ${session.asset}, ${address.toLowerCase()}, ${String(amount)}, ${String(blockNumber)})`,
  )
  const nonce = await pendingNonce({ network, address })
  await worker(
    (sql) =>
      sql`select app.start_onramp_delivery(${sessionId}, ${address.toLowerCase()}, ${String(nonce)}, ${networks[network].confirmations})`,
  )
}

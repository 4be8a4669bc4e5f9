import { as } from '#lib/db/as.ts'
import { log } from '#lib/log.ts'
import { requireTreasury } from '#lib/onramp/treasury.ts'
import { treasuryTerms } from '#lib/onramp/treasury-terms.ts'
import { networks } from '#lib/rails/chain/networks.ts'
import { pendingNonce } from '#lib/rails/chain/nonce.ts'

/**
 * Looks whether the chain waits for a nonce of the treasury that nobody holds, while transfers wait behind it: as when a
 * transaction that was sent by hand was dropped again. The database decides, and prepares an empty transfer for each.
 * Returns how many.
 */
export async function repairNonces(): Promise<number> {
  if (!treasuryTerms()) return 0
  const { network, address } = await requireTreasury()
  const nonce = await pendingNonce({ network, address })
  const [row] = await as({ role: 'worker' })(
    (sql) =>
      sql`select app.fill_nonce_gap(${network}, ${address.toLowerCase()}, ${String(nonce)}, ${networks[network].confirmations}) as filled`,
  )
  const filled: number = row?.filled ?? 0
  if (filled > 0) log.warn("a gap in the treasury's nonces is filled", { network, nonce, filled })
  return filled
}

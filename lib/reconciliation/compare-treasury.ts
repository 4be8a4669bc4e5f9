import { as } from '#lib/db/as.ts'
import { log } from '#lib/log.ts'
import type { Asset, Network } from '#lib/money/assets.ts'
import { onrampOffers } from '#lib/onramp/offers.ts'
import { requireTreasury } from '#lib/onramp/treasury.ts'
import { tokenBalance } from '#lib/rails/chain/balance.ts'

/** Reads what the treasury holds, of what it sells and of what it is paid in, and lets the database compare it with the ledger. */
export async function compareTreasury(): Promise<void> {
  const offer = onrampOffers().find(({ delivery }) => delivery === 'treasury')
  if (!offer) return
  const { address } = await requireTreasury()
  const holdings: [Network, Asset][] = [
    [offer.network, offer.asset],
    [offer.settlementNetwork, 'USDC'],
  ]
  for (const [network, asset] of holdings) {
    const { amount, blockNumber } = await tokenBalance({ network, asset, address })
    const [row] = await as({ role: 'worker' })(
      (sql) =>
        sql`select app.reconcile_treasury(${network}, ${asset}, ${address.toLowerCase()}, ${String(amount)}, ${String(blockNumber)}) as outcome`,
    )
    if (row?.outcome === 'new') log.error('the treasury holds less than its ledger says', { network, asset })
    if (row?.outcome === 'cleared') log.info('the treasury and its ledger agree again', { network, asset })
  }
}

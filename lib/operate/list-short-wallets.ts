import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import type { Asset, Network } from '#lib/money/assets.ts'
import { showAmount } from '#lib/onramp/session.ts'

/** A wallet of which the chain lacks what its ledger promises to nobody. */
export type ShortWallet = {
  walletId: string
  agent: string
  network: Network
  asset: Asset
  address: string
  missing: string
  onChain: string
  posted: string
  held: string
  blockNumber: string
  since: string
}

/** The wallets that hold less than their ledger says, the oldest finding first. Operators only. */
export async function listShortWallets({ actor }: { actor: Actor }): Promise<ShortWallet[]> {
  const rows = await as(actor)(
    (
      sql,
    ) => sql`select w.id, a.name as agent, w.network, split_part(f.subject, '/', 2) as asset, w.address, f.detail, f.first_seen_at
      from public.reconciliation_findings f join public.wallets w on w.id = split_part(f.subject, '/', 1)::uuid
        join public.agents a on a.id = w.agent_id
      where f.kind = 'wallet_drift' and f.cleared_at is null order by f.first_seen_at`,
  )
  return rows.map((row) => {
    const show = (units: string): string => showAmount(units, row.asset, row.network)
    return {
      walletId: row.id,
      agent: row.agent,
      network: row.network,
      asset: row.asset,
      address: row.address,
      missing: show(row.detail.missing),
      onChain: show(row.detail.onChain),
      posted: show(row.detail.posted),
      held: show(row.detail.held),
      blockNumber: row.detail.blockNumber,
      since: row.first_seen_at.toISOString(),
    }
  })
}

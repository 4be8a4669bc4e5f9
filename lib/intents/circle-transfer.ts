import type postgres from 'postgres'
import type { Address } from 'viem'
import { as } from '#lib/db/as.ts'
import type { Asset, Network } from '#lib/money/assets.ts'

/** What Circle is asked to move for a payment, as it is stored. */
export type CircleTransfer = {
  /** The key under which Circle is asked, and Circle's reference to it. */
  id: string
  status: string
  network: Network
  asset: Asset
  from: Address
  to: Address
  amount: bigint
  circleId: string | null
  circleWalletId: string
  /** Circle may have it, although it never said so. */
  doubted: boolean
  createdAt: Date
  ended: boolean
}

/** The one transfer of a payment, or undefined before there is any. */
export async function readCircleTransfer(intentId: string): Promise<CircleTransfer | undefined> {
  const [row] = await as({ role: 'worker' })(
    (
      sql,
    ) => sql`select t.id, t.status, t.network, t.asset, t.from_address, t.to_address, t.amount::text, t.circle_id, t.doubtful_asks,
      t.created_at, t.finalized_at, w.circle_wallet_id
      from public.circle_transfers t join public.wallets w on w.id = t.wallet_id where t.intent_id = ${intentId}`,
  )
  return row && toCircleTransfer(row)
}

const toCircleTransfer = (row: postgres.Row): CircleTransfer => ({
  id: row.id,
  status: row.status,
  network: row.network,
  asset: row.asset,
  from: row.from_address,
  to: row.to_address,
  amount: BigInt(row.amount),
  circleId: row.circle_id,
  circleWalletId: row.circle_wallet_id,
  doubted: row.doubtful_asks > 0,
  createdAt: row.created_at,
  ended: row.finalized_at !== null,
})

import { bytesToHex, type Hex } from 'viem'
import { as } from '#lib/db/as.ts'
import type { Asset, Network } from '#lib/money/assets.ts'
import type { Purpose } from '#lib/rails/chain/read-signed.ts'
import { note } from '#lib/telemetry/context.ts'

const worker = as({ role: 'worker' })

type Common = { id: string; status: string; network: Network; to: Hex; hash: Hex | null }

/** A transfer of ours: it has a sender and a place in the sender's order, and may be signed more than once. */
export type OwnTransfer = Common & { own: true; purpose: Purpose }

/** A transfer as the tasks see it. One that is not our own was sent by Stripe, and is only watched. */
export type StoredTransfer = OwnTransfer | (Common & { own: false; asset: Asset })

/** Reads a transfer. Throws where there is none: jobs are only ever made for one. */
export async function readTransfer(transferId: string): Promise<StoredTransfer> {
  const [row] = await worker(
    (sql) => sql`select session_id, kind, status, network, asset, from_address, to_address, amount::text, nonce::text,
      hash from public.transfers where id = ${transferId}`,
  )
  if (!row) throw new Error(`There is no transfer ${transferId}`)
  note({ transferId, sessionId: row.session_id ?? undefined })
  const { network, asset } = row
  const common: Common = { id: transferId, status: row.status, network, to: row.to_address, hash: row.hash }
  if (row.kind === 'stripe_payout') return { ...common, own: false, asset }
  const place = { network, from: row.from_address, nonce: Number(row.nonce), to: row.to_address }
  const purpose: Purpose =
    row.kind === 'nonce_fill' ? { ...place, asset: null } : { ...place, asset, amount: BigInt(row.amount) }
  return { ...common, own: true, purpose }
}

/** One signature of a transfer, as it is stored. */
export type Attempt = { attempt: number; hash: Hex; raw: Hex; ageSeconds: number }

/** Every signature of a transfer, the newest first. */
export async function readAttempts(transferId: string): Promise<Attempt[]> {
  const rows = await worker((sql) => sql`select * from app.read_transfer_attempts(${transferId})`)
  return rows.map(({ attempt, hash, raw, age_seconds: ageSeconds }) => ({
    attempt,
    hash,
    raw: bytesToHex(raw),
    ageSeconds,
  }))
}

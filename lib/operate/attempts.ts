import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import type { Network } from '#lib/money/assets.ts'
import { explorerTransactionUrl } from '#lib/rails/chain/rpc.ts'

export type Attempt = { attempt: number; hash: string; explorerUrl: string; signedAt: string }

type Signed = { id: string; network: Network }

/** Under which hashes each of the transfers was signed, the first attempt first, by the transfer's id. */
export async function attemptsOf({
  actor,
  transfers,
}: {
  actor: Actor
  transfers: Signed[]
}): Promise<Map<string, Attempt[]>> {
  const rows = await as(actor)((sql) => sql`select * from app.read_attempts(${transfers.map(({ id }) => id)}::uuid[])`)
  return new Map(
    transfers.map(({ id, network }) => [
      id,
      rows
        .filter((row) => row.transfer_id === id)
        .map((row) => ({
          attempt: row.attempt,
          hash: row.hash,
          explorerUrl: explorerTransactionUrl(network, row.hash),
          signedAt: row.signed_at.toISOString(),
        })),
    ]),
  )
}

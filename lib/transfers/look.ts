import { as } from '#lib/db/as.ts'
import { log } from '#lib/log.ts'
import { type Followed, followTransfer } from '#lib/rails/chain/follow.ts'
import { type Attempt, readAttempts, type StoredTransfer } from '#lib/transfers/transfer.ts'

type Look = { status: string; attempts: Attempt[] }

/**
 * Looks at the chain once, under every hash the transfer may have there, and records what was seen. The database counts
 * confirmations and queues the next look. Returns the transfer's status after it, and the attempts that were looked for.
 */
export async function lookAtTransfer(transfer: StoredTransfer): Promise<Look> {
  const { id, network, to } = transfer
  const attempts = transfer.own ? await readAttempts(id) : []
  const seen = await followTransfer(
    transfer.own
      ? {
          network,
          to,
          asset: transfer.purpose.asset,
          hashes: attempts.map(({ hash }) => hash),
          origin: transfer.purpose,
        }
      : { network, to, asset: transfer.asset, hashes: transfer.hash ? [transfer.hash] : [] },
  )
  if (!seen) return { status: transfer.status, attempts }
  if (seen.state === 'displaced' || seen.state === 'paid_otherwise')
    log.warn('another transaction took the place of a transfer', { transferId: id, hash: seen.hash })
  return { status: await record(id, seen), attempts }
}

async function record(transferId: string, seen: Followed): Promise<string> {
  const block = 'blockNumber' in seen ? seen : undefined
  const moved = seen.state === 'included' ? seen : undefined
  const [row] = await as({ role: 'worker' })(
    (sql) => sql`select app.record_transfer_observation(${transferId}, ${seen.state},
      ${moved?.from.toLowerCase() ?? null}, ${moved ? String(moved.amount) : null}, ${moved?.logIndex ?? null},
      ${block ? String(block.blockNumber) : null}, ${block?.blockHash ?? null}, ${block ? String(block.headNumber) : null},
      ${seen.hash}) as status`,
  )
  return row?.status
}

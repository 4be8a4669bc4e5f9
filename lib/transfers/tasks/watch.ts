import { as } from '#lib/db/as.ts'
import { observeTransfer } from '#lib/rails/chain/observe.ts'

type Payload = { transferId: string }

const worker = as({ role: 'worker' })

/** Looks at the chain once and records what it saw. The database counts confirmations and queues the next look. */
export async function watchTransfer({ transferId }: Payload): Promise<void> {
  const [transfer] = await worker(
    (sql) => sql`select status, network, asset, hash, to_address from public.transfers where id = ${transferId}`,
  )
  if (!transfer) throw new Error(`There is no transfer ${transferId}`)
  if (!['broadcast', 'included'].includes(transfer.status)) return
  const seen = await observeTransfer({ network: transfer.network, asset: transfer.asset, hash: transfer.hash, to: transfer.to_address })
  await worker(
    (sql) => sql`select app.record_transfer_observation(${transferId}, ${seen.state}, ${seen.from?.toLowerCase() ?? null},
      ${seen.amount === undefined ? null : String(seen.amount)}, ${seen.logIndex ?? null},
      ${seen.blockNumber === undefined ? null : String(seen.blockNumber)}, ${seen.blockHash ?? null}, ${String(seen.headNumber)})`,
  )
}

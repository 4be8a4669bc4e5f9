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
  const seen = await observeTransfer({
    network: transfer.network,
    asset: transfer.asset,
    hash: transfer.hash,
    to: transfer.to_address,
  })
  const block = 'blockNumber' in seen ? seen : undefined
  const log = seen.state === 'included' ? seen : undefined
  await worker(
    (sql) => sql`select app.record_transfer_observation(${transferId}, ${seen.state},
      ${log?.from.toLowerCase() ?? null}, ${log ? String(log.amount) : null}, ${log?.logIndex ?? null},
      ${block ? String(block.blockNumber) : null}, ${block?.blockHash ?? null}, ${block ? String(block.headNumber) : null})`,
  )
}

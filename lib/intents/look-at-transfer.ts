import { isAddressEqual } from 'viem'
import { as } from '#lib/db/as.ts'
import type { CircleTransfer } from '#lib/intents/circle-transfer.ts'
import { errorText, log } from '#lib/log.ts'
import { parseAmount } from '#lib/money/amount.ts'
import { type Observation, observeTransfer } from '#lib/rails/chain/observe.ts'
import { requireToken } from '#lib/rails/chain/tokens.ts'
import { type CircleTransaction, getTransaction } from '#lib/rails/circle/transfers.ts'

/**
 * Reads a transfer at Circle and, under the hash that Circle names, on chain, and records both. The database decides what
 * follows and queues the next look. Returns the payment's status after it.
 */
export async function lookAtTransfer(intentId: string, transfer: CircleTransfer, circleId: string): Promise<string> {
  const found = await getTransaction(circleId)
  if (!found) throw new Error(`Circle does not know its own transfer ${circleId}.`)
  const seen = found.hash === null ? undefined : await observe(transfer, found.hash)
  const mined = seen && 'blockNumber' in seen ? seen : undefined
  const moved = seen?.state === 'included' ? seen : undefined
  const [row] = await as({ role: 'worker' })(
    (sql) => sql`select app.record_circle_observation(${intentId}, ${found.state}, ${found.hash?.toLowerCase() ?? null},
      ${isOurs(transfer, found)}, ${found.networkFee}, ${failureOf(found)}, ${seen?.state ?? null},
      ${moved?.from.toLowerCase() ?? null}, ${moved ? String(moved.amount) : null}, ${moved?.logIndex ?? null},
      ${mined ? String(mined.blockNumber) : null}, ${mined?.blockHash ?? null}, ${seen?.confirmations ?? null}) as status`,
  )
  return row?.status
}

/** What the chain cannot tell just now is looked at again; what Circle said is recorded all the same. */
async function observe({ network, asset, to }: CircleTransfer, hash: `0x${string}`): Promise<Observation | undefined> {
  try {
    return await observeTransfer({ network, asset, hash, to })
  } catch (error) {
    log.warn('a payment could not be looked at on chain', { network, hash, error: errorText(error) })
    return undefined
  }
}

/** Whether Circle's transfer is the one we asked for, in every part that Circle tells. */
function isOurs(transfer: CircleTransfer, found: CircleTransaction): boolean {
  const { decimals } = requireToken(transfer.asset, transfer.network)
  return (
    found.refId === transfer.id &&
    (found.circleWalletId === null || found.circleWalletId === transfer.circleWalletId) &&
    (found.to === null || isAddressEqual(found.to, transfer.to)) &&
    (found.amount === null || parseAmount(found.amount, decimals) === transfer.amount)
  )
}

const reasons: Record<string, string> = {
  INSUFFICIENT_NATIVE_TOKEN: 'The wallet could not pay the network fee.',
  ESTIMATION_ERROR: 'The network would not have accepted it.',
  FAILED_ON_CHAIN: 'The network refused it.',
}

/** Circle's reasons in our words; what it writes freely is not passed on. */
function failureOf({ state, errorReason }: CircleTransaction): string {
  const words = errorReason === null ? undefined : reasons[errorReason]
  if (words !== undefined) return words
  if (state === 'DENIED') return 'Circle’s screening denied it.'
  return state === 'CANCELLED' ? 'It was cancelled at Circle.' : 'Circle could not send it.'
}

import type { Hex } from 'viem'
import { as } from '#lib/db/as.ts'
import { type Broadcast, broadcast } from '#lib/rails/chain/broadcast.ts'
import type { Refusal } from '#lib/rails/chain/errors.ts'
import { assertPurpose } from '#lib/rails/chain/read-signed.ts'
import type { OwnTransfer } from '#lib/transfers/transfer.ts'

/**
 * Offers stored bytes to the network, once they were read again and found to do what the transfer is for. Bytes that say
 * anything else, whoever stored them, throw here and never leave.
 */
export async function submit({ purpose, network }: OwnTransfer, raw: Hex): Promise<Broadcast> {
  await assertPurpose(raw, purpose)
  return await broadcast({ network, raw })
}

/** Records what the network said of a transfer's bytes. */
export async function recordBroadcast(transferId: string, answer: Broadcast): Promise<void> {
  const reason = answer.outcome === 'refused' ? sentences[answer.reason] : null
  await as({ role: 'worker' })((sql) => sql`select app.record_broadcast(${transferId}, ${answer.outcome}, ${reason})`)
}

/** Why the network does not take our transaction, for the buyer and the operator. The tokens have not moved in any of these. */
const sentences: Record<Refusal, string> = {
  insufficient_gas_funds: 'The treasury lacks the gas to send it. It continues by itself after a top-up.',
  nonce_used: "Another transaction took its place in the treasury's order. It is prepared again by itself.",
  replacement_underpriced: 'The network is still working on an earlier transaction. It is offered again shortly.',
  fee_too_low: "The network's fees have risen above what was signed. It is offered again shortly.",
  gas_limit: 'The network does not take a transaction of this size. An operator looks into it.',
  invalid_transaction: 'The network does not take this transaction. An operator looks into it.',
  execution_reverted: 'The token contract refuses this transfer. An operator looks into it.',
}

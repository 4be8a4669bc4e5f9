import type { Broadcast } from '#lib/rails/chain/broadcast.ts'
import { nextNonce } from '#lib/rails/chain/nonce.ts'
import { lookAtTransfer } from '#lib/transfers/look.ts'
import { replaceTransfer } from '#lib/transfers/replace.ts'
import { signFirst } from '#lib/transfers/sign.ts'
import { recordBroadcast, submit } from '#lib/transfers/submit.ts'
import { type Attempt, type OwnTransfer, readAttempts, readTransfer } from '#lib/transfers/transfer.ts'

type Payload = { transferId: string }

/**
 * Signs a prepared transfer once, stores the bytes, and only then broadcasts them. A process that dies anywhere in here
 * leaves either nothing sent or bytes that the next run sends again unchanged: the transfer happens at most once.
 */
export async function sendTransfer({ transferId }: Payload): Promise<void> {
  const transfer = await readTransfer(transferId)
  if (!transfer.own || !['prepared', 'signed', 'broadcast'].includes(transfer.status)) return
  const attempts = await readAttempts(transferId)
  const [newest] = attempts
  if (!newest && (await isTaken(transfer))) return
  const raw = newest?.raw ?? (await signFirst(transfer))
  if (raw === undefined) return
  const answer = await submit(transfer, raw)
  await follow(transfer, attempts, answer)
}

/** Whether the place of a transfer that nobody signed yet is taken already: then a signature would be dead when it is made. */
async function isTaken(transfer: OwnTransfer): Promise<boolean> {
  const { network, from: address, nonce } = transfer.purpose
  if ((await nextNonce({ network, address })) <= nonce) return false
  return (await lookAtTransfer(transfer)).status === 'failed'
}

async function follow(transfer: OwnTransfer, [newest, ...earlier]: Attempt[], answer: Broadcast): Promise<void> {
  const reason = answer.outcome === 'refused' ? answer.reason : undefined
  if (reason === 'fee_too_low' && newest && (await replaceTransfer(transfer, newest))) return
  // Something has its place: an attempt before this one, or another transaction. Watching it tells which.
  const occupied = reason === 'nonce_used' || (reason === 'replacement_underpriced' && earlier.length > 0)
  await recordBroadcast(transfer.id, occupied ? { outcome: 'known' } : answer)
}

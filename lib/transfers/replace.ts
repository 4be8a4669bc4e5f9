import { bytesToHex, hexToBytes } from 'viem'
import { as } from '#lib/db/as.ts'
import { log } from '#lib/log.ts'
import { FeesAboveCap } from '#lib/rails/chain/fees.ts'
import { assertPurpose } from '#lib/rails/chain/read-signed.ts'
import { type SignedBytes, signReplacement } from '#lib/rails/chain/sign-transfer.ts'
import { treasuryOf } from '#lib/transfers/sign.ts'
import { recordBroadcast, submit } from '#lib/transfers/submit.ts'
import type { Attempt, OwnTransfer } from '#lib/transfers/transfer.ts'

/**
 * Signs a transfer once more with a higher fee, stores the bytes, and only then broadcasts them. It has the place, the
 * recipient and the amount of the one before, so the transfer still happens at most once. Returns whether there is a new
 * attempt: not where the cap leaves no room, and not where the database says that it is too early.
 */
export async function replaceTransfer(transfer: OwnTransfer, newest: Attempt): Promise<boolean> {
  const { id, purpose } = transfer
  const { signer, network } = await treasuryOf(transfer)
  let signed: SignedBytes
  try {
    signed = await signReplacement({ signer, network, raw: newest.raw })
  } catch (error) {
    if (!(error instanceof FeesAboveCap)) throw error
    log.warn('a transfer waits, and a higher fee is above the cap', { transferId: id, reason: error.message })
    return false
  }
  await assertPurpose(signed.raw, purpose)
  const attempt = newest.attempt + 1
  const [stored] = await as({ role: 'worker' })(
    (sql) => sql`select app.record_replacement(${id}, ${attempt}, ${signed.hash}, ${hexToBytes(signed.raw)}) as raw`,
  )
  if (!stored?.raw) return false
  const answer = await submit(transfer, bytesToHex(stored.raw))
  log.info('a transfer was signed again with a higher fee', { transferId: id, attempt, outcome: answer.outcome })
  // Of one that is watched already, refused or unclear says nothing: an attempt before may still be mined.
  const taken = answer.outcome === 'accepted' || answer.outcome === 'known'
  if (taken || transfer.status === 'signed') await recordBroadcast(id, answer)
  return true
}

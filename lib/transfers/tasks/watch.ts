import { errorText, log } from '#lib/log.ts'
import { nextNonce, pendingNonce } from '#lib/rails/chain/nonce.ts'
import { lookAtTransfer } from '#lib/transfers/look.ts'
import { repairNonces } from '#lib/transfers/repair-nonces.ts'
import { replaceTransfer } from '#lib/transfers/replace.ts'
import { type Attempt, type OwnTransfer, readTransfer } from '#lib/transfers/transfer.ts'

type Payload = { transferId: string }

/** How long a signature may wait for a block before something is done about it. Mezo makes one every few seconds. */
const stuckSeconds = 45

/** Looks at the chain once and records what it saw. A transfer of ours that waits too long is helped on. */
export async function watchTransfer({ transferId }: Payload): Promise<void> {
  const transfer = await readTransfer(transferId)
  if (!['broadcast', 'included'].includes(transfer.status)) return
  const { status, attempts } = await lookAtTransfer(transfer)
  const [newest] = attempts
  if (status !== 'broadcast' || !transfer.own || !newest || newest.ageSeconds < stuckSeconds) return
  try {
    await helpOn(transfer, newest)
  } catch (error) {
    // The next look is queued already and tries again; failing here would only make a second chain of looks.
    log.warn('a transfer that waits could not be helped on', { transferId, error: errorText(error) })
  }
}

/** The next in the treasury's order offers more; one behind it waits for those before, unless there is nobody. */
async function helpOn(transfer: OwnTransfer, newest: Attempt): Promise<void> {
  const { network, from: address, nonce } = transfer.purpose
  const next = await nextNonce({ network, address })
  if (next === nonce) await replaceTransfer(transfer, newest)
  else if (next < nonce && (await pendingNonce({ network, address })) < nonce) await repairNonces()
}

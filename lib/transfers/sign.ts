import { bytesToHex, type Hex, hexToBytes } from 'viem'
import { as } from '#lib/db/as.ts'
import { requireTreasury, type Treasury } from '#lib/onramp/treasury.ts'
import { tokenBalance } from '#lib/rails/chain/balance.ts'
import { refusalOf } from '#lib/rails/chain/errors.ts'
import { FeesAboveCap } from '#lib/rails/chain/fees.ts'
import { assertPurpose } from '#lib/rails/chain/read-signed.ts'
import { type SignedBytes, signNonceFill, signTokenTransfer } from '#lib/rails/chain/sign-transfer.ts'
import type { OwnTransfer } from '#lib/transfers/transfer.ts'

const worker = as({ role: 'worker' })

/** The treasury that a transfer was prepared for. Throws when another one is configured now: then nobody here can sign for it. */
export async function treasuryOf({ id, purpose }: OwnTransfer): Promise<Treasury> {
  const treasury = await requireTreasury()
  if (purpose.network === treasury.network && purpose.from === treasury.address.toLowerCase()) return treasury
  throw new Error(
    `Transfer ${id} was prepared for ${purpose.from} on ${purpose.network}, which is not the configured treasury.`,
  )
}

/**
 * Signs a prepared transfer and stores the bytes; what it returns is stored, and only that may be broadcast. Undefined when it
 * cannot be signed as things stand, which is recorded: then nothing was sent, and its place is still free.
 */
export async function signFirst(transfer: OwnTransfer): Promise<Hex | undefined> {
  const { id, purpose } = transfer
  const treasury = await treasuryOf(transfer)
  let signed: SignedBytes
  try {
    const { signer, network } = treasury
    const place = { signer, network, nonce: purpose.nonce }
    signed =
      purpose.asset === null
        ? await signNonceFill(place)
        : await signTokenTransfer({ ...place, asset: purpose.asset, to: purpose.to, amount: purpose.amount })
  } catch (error) {
    const [reason, detail] = await whyNot(error, transfer)
    await worker((sql) => sql`select app.record_unsigned(${id}, ${reason}, ${detail})`)
    return undefined
  }
  await assertPurpose(signed.raw, purpose)
  const [stored] = await worker(
    (sql) => sql`select app.record_signed_transfer(${id}, ${signed.hash}, ${hexToBytes(signed.raw)}) as raw`,
  )
  if (!stored?.raw) throw new Error(`The signed bytes of transfer ${id} were not stored`)
  return bytesToHex(stored.raw)
}

/** What stands in the way of a signature, for the database and for people. An error of any other kind is thrown on: the job tries again. */
async function whyNot(error: unknown, { purpose }: OwnTransfer): Promise<[reason: string, detail: string]> {
  if (error instanceof FeesAboveCap) {
    return ['fees', "The network's fees are above what this treasury pays. It is sent by itself once they have fallen."]
  }
  if (refusalOf(error) !== 'execution_reverted' || purpose.asset === null) throw error
  const { network, asset, from: address, amount } = purpose
  return (await tokenBalance({ network, asset, address })).amount < amount
    ? ['short', 'The treasury holds less than this purchase needs. It continues by itself after a top-up.']
    : ['reverts', 'The token contract refuses this transfer, so nothing was sent. An operator looks into it.']
}

import { bytesToHex, type Hex, hexToBytes } from 'viem'
import { as } from '#lib/db/as.ts'
import { requireTreasury } from '#lib/onramp/treasury.ts'
import { broadcast } from '#lib/rails/chain/broadcast.ts'
import type { Refusal } from '#lib/rails/chain/errors.ts'
import { signTokenTransfer } from '#lib/rails/chain/sign-transfer.ts'

type Payload = { transferId: string }

const worker = as({ role: 'worker' })

/**
 * Signs a prepared transfer once, stores the bytes, and only then broadcasts them. A process that dies anywhere in here
 * leaves either nothing sent or bytes that the next run sends again unchanged: the transfer happens at most once.
 */
export async function sendTransfer({ transferId }: Payload): Promise<void> {
  const [transfer] = await worker(
    (sql) => sql`select status, network, asset, from_address, to_address, amount::text, nonce::text,
      app.read_signed_transfer(id) as raw from public.transfers where id = ${transferId}`,
  )
  if (!transfer) throw new Error(`There is no transfer ${transferId}`)
  if (!['prepared', 'signed', 'broadcast'].includes(transfer.status)) return
  const raw: Hex = transfer.raw ? bytesToHex(transfer.raw) : await sign(transferId, transfer)
  const answer = await broadcast({ network: transfer.network, raw })
  const reason = answer.outcome === 'refused' ? sentences[answer.reason] : null
  await worker((sql) => sql`select app.record_broadcast(${transferId}, ${answer.outcome}, ${reason})`)
}

/** Why the network does not take our transaction, for the buyer and the operator. The tokens have not moved in any of these. */
const sentences: Record<Refusal, string> = {
  insufficient_gas_funds: 'The treasury lacks the gas to send it. It continues by itself after a top-up.',
  nonce_used: "Another transaction took its place in the treasury's order. An operator looks into it.",
  replacement_underpriced: 'The network is still working on an earlier transaction. It is offered again shortly.',
  fee_too_low: "The network's fees have risen above what was signed. It is offered again shortly.",
  gas_limit: 'The network does not take a transaction of this size. An operator looks into it.',
  invalid_transaction: 'The network does not take this transaction. An operator looks into it.',
  execution_reverted: 'The token contract refuses this transfer. An operator looks into it.',
}

async function sign(transferId: string, transfer: Record<string, string>): Promise<Hex> {
  const { signer, network } = await requireTreasury()
  if (transfer.network !== network || transfer.from_address !== signer.address.toLowerCase()) {
    throw new Error(
      `Transfer ${transferId} was prepared for ${transfer.from_address} on ${transfer.network}, which is not the configured treasury.`,
    )
  }
  const { raw, hash } = await signTokenTransfer({
    signer,
    network,
    asset: transfer.asset as 'MUSD' | 'USDC',
    to: transfer.to_address as Hex,
    amount: BigInt(transfer.amount as string),
    nonce: Number(transfer.nonce),
  })
  const [stored] = await worker(
    (sql) => sql`select app.record_signed_transfer(${transferId}, ${hash}, ${hexToBytes(raw)}) as raw`,
  )
  if (!stored?.raw) throw new Error(`The signed bytes of transfer ${transferId} were not stored`)
  return bytesToHex(stored.raw)
}

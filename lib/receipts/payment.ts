import type { Actor } from '#lib/auth/actor.ts'
import { notFound } from '#lib/http/problem.ts'
import { getIntent } from '#lib/intents/get.ts'
import { decimalsOf } from '#lib/intents/schema.ts'
import { parseAmount } from '#lib/money/amount.ts'
import type { Issued, PaymentReceipt } from '#lib/receipts/schema.ts'
import { verify } from '#lib/receipts/verify.ts'

/** The receipt of a settled payment, for its person and its agent. */
export async function paymentReceipt(actor: Actor, issued: Issued, intentId: string): Promise<PaymentReceipt> {
  if (actor.role !== 'authenticated' && actor.role !== 'agent') throw notFound('receipt')
  const intent = await getIntent(actor, intentId)
  const transfer = intent.transfers.find(({ kind, status }) => kind !== 'refund' && status === 'confirmed')
  if (!transfer?.hash) throw new Error(`The settled payment ${intentId} has no confirmed transfer`)
  const { network, asset, amount } = intent
  return {
    kind: 'payment',
    ...issued,
    intentId,
    agentName: intent.agentName,
    amount,
    asset,
    network,
    from: transfer.from,
    recipient: intent.recipient,
    recipientAddress: intent.recipientAddress,
    purpose: intent.purpose,
    approved: intent.approval !== null || intent.guardResults.some(({ guard }) => guard === 'standing_approval'),
    refunded: intent.status === 'refunded',
    transfers: intent.transfers,
    verification: await verify({
      receiptId: issued.id,
      network,
      asset,
      hash: transfer.hash,
      from: transfer.from,
      to: intent.recipientAddress,
      units: parseAmount(amount, decimalsOf(asset)),
      required: transfer.required,
    }),
  }
}

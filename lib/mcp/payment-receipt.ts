import type { AgentActor } from '#lib/auth/actor.ts'
import { Problem } from '#lib/http/problem.ts'
import { getIntent } from '#lib/intents/get.ts'
import { getReceipt } from '#lib/receipts/get.ts'
import type { PaymentReceipt } from '#lib/receipts/schema.ts'

/** The receipt of an agent's own payment, checked against the chain as it is read. Throws not_settled before there is one. */
export async function getPaymentReceipt(actor: AgentActor, paymentId: string): Promise<PaymentReceipt> {
  const { status, receiptId } = await getIntent(actor, paymentId)
  const receipt = receiptId && (await getReceipt({ actor, id: receiptId }))
  if (receipt && receipt.kind === 'payment') return receipt
  throw new Problem(
    409,
    'not_settled',
    'There is no receipt yet',
    `A receipt is issued once a payment is settled. This one is ${status}.`,
  )
}

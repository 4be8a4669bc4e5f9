import { z } from 'zod'
import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { notFound } from '#lib/http/problem.ts'
import { paymentReceipt } from '#lib/receipts/payment.ts'
import { purchaseReceipt } from '#lib/receipts/purchase.ts'
import type { PaymentReceipt, Receipt } from '#lib/receipts/schema.ts'

/**
 * A receipt of a purchase or of a payment, checked against the chain while it is being read: `verified` means that the Transfer
 * log of the pinned token was just seen in a canonical block, with this amount, to this address. For others than whose it is, it
 * does not exist.
 */
export async function getReceipt({ actor, id }: { actor: Actor; id: string }): Promise<Receipt | PaymentReceipt> {
  if (!z.uuid().safeParse(id).success) throw notFound('receipt')
  const [row] = await as(actor)(
    (sql) =>
      sql`select r.id, r.number, r.issued_at, r.session_id, r.intent_id from public.receipts r where r.id = ${id}`,
  )
  if (!row) throw notFound('receipt')
  const issued = { id: row.id, number: row.number, issuedAt: row.issued_at.toISOString() }
  return row.intent_id === null
    ? await purchaseReceipt(actor, issued, row.session_id)
    : await paymentReceipt(actor, issued, row.intent_id)
}

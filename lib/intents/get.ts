import type postgres from 'postgres'
import { z } from 'zod'
import type { AgentActor, PersonActor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { notFound } from '#lib/http/problem.ts'
import { toIntent } from '#lib/intents/intent.ts'
import type { IntentDetail } from '#lib/intents/schema.ts'
import { toIntentTransfer } from '#lib/intents/transfer.ts'

/** One payment with all that happened to it. For others than its person and its agent it does not exist. */
export async function getIntent(actor: PersonActor | AgentActor, id: string): Promise<IntentDetail> {
  if (!z.uuid().safeParse(id).success) throw notFound('payment')
  const [row] = await as(actor)(
    (sql) => sql`select private.intent_json(i.id) as intent, private.transfers_of_intent(i.id) as transfers,
        ${actor.role === 'agent' ? sql`'[]'::jsonb` : signedTransfers(sql)} as signed,
        (select r.id from public.receipts r where r.intent_id = i.id) as receipt_id
      from public.intents i where i.id = ${id} and i.wallet_set_id = (select private.wallet_set_id())`,
  )
  if (!row) throw notFound('payment')
  return {
    ...toIntent(row.intent),
    transfers: [...row.signed, ...row.transfers].map(toIntentTransfer),
    receiptId: row.receipt_id,
  }
}

/** What a person's own wallet sent for the payment `i`. No agent has such a payment. */
function signedTransfers(sql: postgres.TransactionSql): postgres.PendingQuery<postgres.Row[]> {
  return sql`(select coalesce(jsonb_agg(jsonb_build_object('kind', 'wallet_transfer', 'network', t.network, 'hash', t.hash,
      'from', t.from_address, 'to', t.to_address, 'asset', t.asset, 'amount', t.amount::text, 'status', t.status,
      'confirmations', t.confirmations, 'required', t.required_confirmations, 'createdAt', t.created_at) order by t.created_at, t.id), '[]')
    from public.watched_transfers t where t.intent_id = i.id)`
}

import { z } from 'zod'
import type { AgentActor, PersonActor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { notFound } from '#lib/http/problem.ts'
import { toIntent } from '#lib/intents/intent.ts'
import type { IntentDetail } from '#lib/intents/schema.ts'

/** One payment with all that happened to it. For others than its person and its agent it does not exist. */
export async function getIntent(actor: PersonActor | AgentActor, id: string): Promise<IntentDetail> {
  if (!z.uuid().safeParse(id).success) throw notFound('payment')
  const [row] = await as(actor)(
    (sql) => sql`select private.intent_json(i.id) as intent from public.intents i
      where i.id = ${id} and i.wallet_set_id = (select private.wallet_set_id())`,
  )
  if (!row) throw notFound('payment')
  return { ...toIntent(row.intent), transfers: [], receiptId: null }
}

import { z } from 'zod'
import type { AgentActor, PersonActor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { readCursor } from '#lib/http/cursor.ts'
import { PageInput, pageOf } from '#lib/http/page.ts'
import { parseInput } from '#lib/http/parse.ts'
import { toIntent } from '#lib/intents/intent.ts'
import { type Intent, intentStatuses } from '#lib/intents/schema.ts'

const moment = z.iso.datetime({ offset: true, error: 'is a time, such as 2026-11-21T00:00:00Z' }).optional()

export const ListIntentsInput = PageInput.extend({
  status: z.enum(intentStatuses).optional().meta({ description: 'Only those in this status.' }),
  agentId: z.uuid('is the id of an agent').optional().meta({ description: 'Only those of this agent.' }),
  walletId: z.uuid('is the id of a wallet').optional().meta({ description: 'Only those from this wallet.' }),
  q: z
    .string()
    .trim()
    .max(100)
    .optional()
    .meta({ description: 'Only those whose recipient or purpose has this in it.' }),
  from: moment.meta({ description: 'Only those proposed at that moment or later.' }),
  to: moment.meta({ description: 'Only those proposed before that moment.' }),
})
export type ListIntentsInput = z.input<typeof ListIntentsInput>

/** The payments that a person's wallets, or an agent, proposed; newest first. */
export async function listIntents(
  actor: PersonActor | AgentActor,
  query: ListIntentsInput = {},
): Promise<{ intents: Intent[]; nextCursor: string | null }> {
  const { cursor, limit, status, agentId, walletId, q, from, to } = parseInput(ListIntentsInput, query)
  const after = readCursor(cursor)
  const found = await as(actor)(
    (sql) => sql`select i.id, i.created_at::text as position, private.intent_json(i.id) as intent from public.intents i
      where i.wallet_set_id = (select private.wallet_set_id())
        ${status ? sql`and i.status = ${status}` : sql``}
        ${agentId ? sql`and i.agent_id = ${agentId}` : sql``}
        ${walletId ? sql`and i.wallet_id = ${walletId}` : sql``}
        ${q ? sql`and position(lower(${q}) in lower(i.recipient || ' ' || i.recipient_address || ' ' || i.purpose)) > 0` : sql``}
        ${from ? sql`and i.created_at >= ${from}::timestamptz` : sql``}
        ${to ? sql`and i.created_at < ${to}::timestamptz` : sql``}
        ${after ? sql`and (i.created_at, i.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``}
      order by i.created_at desc, i.id desc limit ${limit + 1}`,
  )
  // Cast: the columns selected above.
  const { rows, nextCursor } = pageOf(found as unknown as Row[], limit)
  return { intents: rows.map((row) => toIntent(row.intent)), nextCursor }
}

type Row = { id: string; position: string; intent: Record<string, unknown> }

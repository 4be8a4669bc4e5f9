import { z } from 'zod'
import type { AgentActor, PersonActor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { readCursor } from '#lib/http/cursor.ts'
import { PageInput, pageOf } from '#lib/http/page.ts'
import { parseInput } from '#lib/http/parse.ts'
import type { Wallet } from '#lib/wallets/schema.ts'
import { toWallet, walletJson } from '#lib/wallets/wallet.ts'

export const ListWalletsInput = PageInput.extend({
  agentId: z.uuid('is the id of an agent').optional().meta({ description: 'Only those of this agent.' }),
  kind: z.enum(['circle', 'external']).optional().meta({ description: 'Only agents’, or only your own.' }),
})

/** The wallets of a person, or of an agent, with what each holds; newest first. */
export async function listWallets(
  actor: PersonActor | AgentActor,
  query: z.input<typeof ListWalletsInput> = {},
): Promise<{ wallets: Wallet[]; nextCursor: string | null }> {
  const { cursor, limit, agentId, kind } = parseInput(ListWalletsInput, query)
  const after = readCursor(cursor)
  const found = await as(actor)(
    (sql) => sql`select w.id, w.created_at::text as position, ${walletJson(sql)} as wallet from public.wallets w
      where w.wallet_set_id = (select private.wallet_set_id())
        ${agentId ? sql`and w.agent_id = ${agentId}` : sql``}
        ${kind ? sql`and w.kind = ${kind}` : sql``}
        ${after ? sql`and (w.created_at, w.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``}
      order by w.created_at desc, w.id desc limit ${limit + 1}`,
  )
  // Cast: the columns selected above.
  const { rows, nextCursor } = pageOf(found as unknown as Row[], limit)
  return { wallets: rows.map((row) => toWallet(row.wallet)), nextCursor }
}

type Row = { id: string; position: string; wallet: Parameters<typeof toWallet>[0] }

import { z } from 'zod'
import type { Actor } from '#lib/auth/actor.ts'
import { requirePerson } from '#lib/auth/require-person.ts'
import { toConversation } from '#lib/chat/conversation.ts'
import type { Conversation } from '#lib/chat/schema.ts'
import { as } from '#lib/db/as.ts'
import { readCursor } from '#lib/http/cursor.ts'
import { PageInput, pageOf } from '#lib/http/page.ts'
import { parseInput } from '#lib/http/parse.ts'

export const ListConversationsInput = PageInput.extend({
  agentId: z.uuid('is the id of an agent').optional().meta({ description: 'Only those with this agent.' }),
})

/** A person's conversations in which something was said, the one that was used last first. */
export async function listConversations(
  actor: Actor,
  query: z.input<typeof ListConversationsInput> = {},
): Promise<{ conversations: Conversation[]; nextCursor: string | null }> {
  const person = requirePerson(actor)
  const { agentId, cursor, limit } = parseInput(ListConversationsInput, query)
  const after = readCursor(cursor)
  const found = await as(person)(
    (sql) => sql`select c.id, c.agent_id, c.title, c.created_at, c.updated_at, c.updated_at::text as position
      from public.chat_conversations c
      where c.owner_id = ${person.userId} and c.title is not null
        ${agentId ? sql`and c.agent_id = ${agentId}` : sql``}
        ${after ? sql`and (c.updated_at, c.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``}
      order by c.updated_at desc, c.id desc limit ${limit + 1}`,
  )
  // Cast: the columns selected above.
  const { rows, nextCursor } = pageOf(found as unknown as { position: string; id: string }[], limit)
  return { conversations: rows.map((row) => toConversation(row)), nextCursor }
}

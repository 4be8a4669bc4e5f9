import type { PersonActor } from '#lib/auth/actor.ts'
import type { ChatMessage, Conversation } from '#lib/chat/schema.ts'
import { as } from '#lib/db/as.ts'

type Row = Record<string, unknown>

/** A row of public.chat_conversations, as the API shows it. */
export function toConversation(row: Row): Conversation {
  // Cast: the columns that each caller selects.
  const { id, agent_id, title, created_at, updated_at } = row as {
    id: string
    agent_id: string
    title: string | null
    created_at: Date
    updated_at: Date
  }
  return { id, agentId: agent_id, title, createdAt: created_at.toISOString(), updatedAt: updated_at.toISOString() }
}

/** What was said in a conversation of the person's own, oldest first: all of it, or only the newest so many. */
export async function readMessages(actor: PersonActor, conversationId: string, newest = 1000): Promise<ChatMessage[]> {
  const rows = await as(actor)(
    (sql) => sql`select m.id, m.role, m.parts from public.chat_messages m
      where m.conversation_id = ${conversationId} order by m.place desc limit ${newest}`,
  )
  return rows.toReversed().map(({ id, role, parts }) => ({ id, role: role === 'person' ? 'user' : 'assistant', parts }))
}

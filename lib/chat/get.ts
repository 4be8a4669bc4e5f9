import { z } from 'zod'
import type { Actor } from '#lib/auth/actor.ts'
import { requirePerson } from '#lib/auth/require-person.ts'
import { readMessages, toConversation } from '#lib/chat/conversation.ts'
import type { ConversationDetail } from '#lib/chat/schema.ts'
import { as } from '#lib/db/as.ts'
import { notFound } from '#lib/http/problem.ts'

/** One conversation with all that was said. For others than its person it does not exist. */
export async function getConversation(actor: Actor, id: string): Promise<ConversationDetail> {
  const person = requirePerson(actor)
  if (!z.uuid().safeParse(id).success) throw notFound('conversation')
  const [row] = await as(person)(
    (sql) =>
      sql`select c.id, c.agent_id, c.title, c.created_at, c.updated_at from public.chat_conversations c where c.id = ${id}`,
  )
  if (!row) throw notFound('conversation')
  return { ...toConversation(row), messages: await readMessages(person, id) }
}

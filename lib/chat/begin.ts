import type { Actor } from '#lib/auth/actor.ts'
import { requirePerson } from '#lib/auth/require-person.ts'
import { getConversation } from '#lib/chat/get.ts'
import type { ConversationDetail } from '#lib/chat/schema.ts'
import { as } from '#lib/db/as.ts'

/** Begins a conversation with an agent of the person's, or goes on with one in which nothing was said yet. */
export async function beginConversation(actor: Actor, agentId: string): Promise<ConversationDetail> {
  const person = requirePerson(actor)
  const [row] = await as(person)((sql) => sql`select app.begin_chat(${agentId}) as id`)
  return getConversation(person, row?.id)
}

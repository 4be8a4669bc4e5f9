import type { Agent } from '#lib/agents/schema.ts'
import type { PersonActor } from '#lib/auth/actor.ts'
import type { Known, Ordered } from '#lib/chat/orders.ts'
import type { ChatData, ChatMessage } from '#lib/chat/schema.ts'
import type { Words } from '#lib/chat/words.ts'
import { as } from '#lib/db/as.ts'
import type { Wallet } from '#lib/wallets/schema.ts'

export type Contact = { id: string; name: string; address: string }

/** One message of a person, and what is needed to answer it. */
export type Turn = {
  actor: PersonActor
  messageId: string
  agent: Agent
  wallet: Wallet
  contacts: Contact[]
  /** What was said before, oldest first. */
  history: ChatMessage[]
  words: Words
  /** What the person's own words order: all that this turn can pay. */
  ordered: Ordered
  answer: Answer
}

/** Where an answer goes while it is being made: words as they come, and cards between them. */
export type Answer = {
  say: (text: string) => void
  /** A piece of a sentence. What is said or shown next begins anew. */
  add: (piece: string) => void
  show: <Name extends keyof ChatData>(name: Name, data: ChatData[Name]) => void
}

/** Whom the person of this turn can name. */
export function knownIn({ agent, contacts }: Pick<Turn, 'agent' | 'contacts'>): Known {
  return { agentName: agent.name, contacts: contacts.map(({ name }) => name) }
}

/** All contacts of the person. */
export async function readContacts(actor: PersonActor): Promise<Contact[]> {
  const rows = await as(actor)(
    (sql) =>
      sql`select c.id, c.name, c.address from public.contacts c where c.owner_id = ${actor.userId} order by lower(c.name)`,
  )
  return rows.map(({ id, name, address }) => ({ id, name, address }))
}

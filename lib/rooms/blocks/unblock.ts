import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { requireOwn } from '#lib/rooms/require-own.ts'

/** A person may meet somebody again whom they blocked. */
export async function unblockPerson(actor: Actor, id: string): Promise<void> {
  await as(requireOwn(actor, 'person', id))((sql) => sql`select app.unblock_person(${id})`)
}

import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { requireOwn } from '#lib/rooms/require-own.ts'

/** A person never wants to meet another, who is not told. What is between the two ends. */
export async function blockPerson(actor: Actor, id: string): Promise<void> {
  await as(requireOwn(actor, 'person', id))((sql) => sql`select app.block_person(${id})`)
}

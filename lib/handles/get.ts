import type { Actor } from '#lib/auth/actor.ts'
import { requirePerson } from '#lib/auth/require-person.ts'
import { as } from '#lib/db/as.ts'
import type { Handle } from '#lib/handles/schema.ts'

/** The handle of a person, or null while they have none. */
export async function getHandle(actor: Actor): Promise<Handle | null> {
  const person = requirePerson(actor)
  const [row] = await as(person)(
    (sql) => sql`select handle, wallet_id, created_at from public.handles where owner_id = ${person.userId}`,
  )
  return row ? { handle: row.handle, walletId: row.wallet_id, createdAt: row.created_at.toISOString() } : null
}

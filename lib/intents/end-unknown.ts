import { z } from 'zod'
import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { notFound } from '#lib/http/problem.ts'

/**
 * Ends an unknown payment that never moved, as an operator found out at Circle and on chain. It fails and gives back its hold;
 * audited with the note. Throws Problems: not_found, invalid_field, forbidden, wrong_state.
 */
export async function endUnknownIntent({ actor, id, note }: { actor: Actor; id: string; note: string }): Promise<void> {
  if (actor.role !== 'authenticated' || !z.uuid().safeParse(id).success) throw notFound('payment')
  await as(actor)((sql) => sql`select app.end_unknown_intent(${id}, ${note})`)
}

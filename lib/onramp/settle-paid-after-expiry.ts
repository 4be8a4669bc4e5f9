import { z } from 'zod'
import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { parseInput } from '#lib/http/parse.ts'
import { notFound } from '#lib/http/problem.ts'
import { SettlementNote } from '#lib/onramp/settlement-note.ts'

/**
 * Records that an operator settled, by hand, a payment that came after its session had expired: once, with how; audited.
 * It moves no money. Throws Problems: not_found, invalid_field, forbidden, wrong_state.
 */
export async function settlePaidAfterExpiry({
  actor,
  id,
  note,
}: {
  actor: Actor
  id: string
  note: string
}): Promise<void> {
  if (actor.role !== 'authenticated' || !z.uuid().safeParse(id).success) throw notFound('session')
  const input = parseInput(SettlementNote, { note })
  await as(actor)((sql) => sql`select app.settle_paid_after_expiry(${id}, ${input.note})`)
}

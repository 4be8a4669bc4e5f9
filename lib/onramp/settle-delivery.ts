import { z } from 'zod'
import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { parseInput } from '#lib/http/parse.ts'
import { notFound } from '#lib/http/problem.ts'
import { SettlementNote } from '#lib/onramp/settlement-note.ts'

/**
 * Records that an operator settled, by hand, a delivery that failed or was not what was agreed. It ends the session, once,
 * with how; audited. It moves no money. Throws Problems: not_found, invalid_field, forbidden, wrong_state.
 */
export async function settleOnrampDelivery({
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
  await as(actor)((sql) => sql`select app.settle_onramp_delivery(${id}, ${input.note})`)
}

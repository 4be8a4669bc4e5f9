import { z } from 'zod'
import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { notFound } from '#lib/http/problem.ts'

/** Records that an operator has seen an alert. Refused to anybody else, and where it is over or was seen already. */
export async function acknowledgeAlert({ actor, id }: { actor: Actor; id: string }): Promise<void> {
  if (actor.role !== 'authenticated' || !z.uuid().safeParse(id).success) throw notFound('alert')
  await as(actor)((sql) => sql`select app.acknowledge_alert(${id})`)
}

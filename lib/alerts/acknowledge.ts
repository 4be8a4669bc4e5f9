import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'

/** Records that an operator has seen an alert. Refused to anybody else, and where it is over or was seen already. */
export async function acknowledgeAlert({ actor, id }: { actor: Actor; id: string }): Promise<void> {
  await as(actor)((sql) => sql`select app.acknowledge_alert(${id})`)
}

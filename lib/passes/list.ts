import type { Actor } from '#lib/auth/actor.ts'
import { requirePerson } from '#lib/auth/require-person.ts'
import { as } from '#lib/db/as.ts'
import { toOwnPasses } from '#lib/passes/pass.ts'
import type { OwnPasses } from '#lib/passes/schema.ts'

/** What a person owns: whether they may enter the rooms, their passes, and what they ordered. */
export async function listPasses(actor: Actor): Promise<OwnPasses> {
  const person = requirePerson(actor)
  const [row] = await as(person)((sql) => sql`select app.read_own_passes() as found`)
  return toOwnPasses(row?.found)
}

import type { Actor } from '#lib/auth/actor.ts'
import { requirePerson } from '#lib/auth/require-person.ts'
import { as } from '#lib/db/as.ts'
import { getHandle } from '#lib/handles/get.ts'
import { ClaimHandleInput, type Handle } from '#lib/handles/schema.ts'
import { parseInput } from '#lib/http/parse.ts'

/** A person takes the handle under which others may pay them. It replaces the one they had. Throws name_taken. */
export async function claimHandle(actor: Actor, request: ClaimHandleInput): Promise<Handle | null> {
  const person = requirePerson(actor)
  const { handle, walletId } = parseInput(ClaimHandleInput, request)
  await as(person)((sql) => sql`select app.claim_handle(${handle}, ${walletId})`)
  return await getHandle(person)
}

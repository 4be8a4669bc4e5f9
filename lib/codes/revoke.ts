import { z } from 'zod'
import type { Actor } from '#lib/auth/actor.ts'
import { requirePerson } from '#lib/auth/require-person.ts'
import { toInviteCode } from '#lib/codes/invite-code.ts'
import type { InviteCode } from '#lib/codes/schema.ts'
import { as } from '#lib/db/as.ts'
import { notFound } from '#lib/http/problem.ts'

/** Ends a code for good: of one's own, or as an operator anybody's. Whoever came in by it stays. */
export async function revokeCode(actor: Actor, id: string): Promise<InviteCode> {
  const person = requirePerson(actor)
  if (!z.uuid().safeParse(id).success) throw notFound('code')
  const [row] = await as(person)((sql) => sql`select app.revoke_code(${id}) as code`)
  return toInviteCode(row?.code)
}

import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { toAnswered } from '#lib/rooms/invitations/answered.ts'
import { requireOwn } from '#lib/rooms/require-own.ts'
import type { AnsweredInvitation } from '#lib/rooms/schema.ts'

/** Whoever asked takes it back before it is answered. The two leave each other alone for an hour. Throws invitation_over. */
export async function withdrawInvitation(actor: Actor, id: string): Promise<AnsweredInvitation> {
  const person = requireOwn(actor, 'invitation', id)
  return toAnswered(await as(person)((sql) => sql`select app.withdraw_invitation(${id}) as answer`))
}

import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { parseInput } from '#lib/http/parse.ts'
import { toAnswered } from '#lib/rooms/invitations/answered.ts'
import { requireOwn } from '#lib/rooms/require-own.ts'
import { AcceptInvitationInput, type AnsweredInvitation } from '#lib/rooms/schema.ts'

/** The invited person says yes in time, and for how long they would like to talk. Throws invitation_over, in_a_call and person_gone. */
export async function acceptInvitation(
  actor: Actor,
  id: string,
  request: AcceptInvitationInput,
): Promise<AnsweredInvitation> {
  const person = requireOwn(actor, 'invitation', id)
  const { seconds } = parseInput(AcceptInvitationInput, request)
  return toAnswered(await as(person)((sql) => sql`select app.accept_invitation(${id}, ${seconds}) as answer`))
}

import type { Actor } from '#lib/auth/actor.ts'
import { requirePerson } from '#lib/auth/require-person.ts'
import { as } from '#lib/db/as.ts'
import { parseInput } from '#lib/http/parse.ts'
import { toAnswered } from '#lib/rooms/invitations/answered.ts'
import { type AnsweredInvitation, InvitePersonInput } from '#lib/rooms/schema.ts'

/**
 * Asks somebody who is there to talk for so long. Asking whoever asks oneself is accepting, and the same again is the same
 * invitation. Throws pass_required, suspended, not_in_rooms, in_a_call, person_gone, person_busy, in_cooldown and invitation_out.
 */
export async function invitePerson(actor: Actor, request: InvitePersonInput): Promise<AnsweredInvitation> {
  const person = requirePerson(actor)
  const { personId, seconds } = parseInput(InvitePersonInput, request)
  return toAnswered(await as(person)((sql) => sql`select app.invite_person(${personId}, ${seconds}) as answer`))
}

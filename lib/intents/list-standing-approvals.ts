import type { Actor } from '#lib/auth/actor.ts'
import { requirePerson } from '#lib/auth/require-person.ts'
import { as } from '#lib/db/as.ts'
import { type StandingApproval, toStandingApproval } from '#lib/intents/standing-approval.ts'

/** What a person approved beforehand and still holds, the first to end first. */
export async function listStandingApprovals(actor: Actor): Promise<StandingApproval[]> {
  const [row] = await as(requirePerson(actor))((sql) => sql`select app.read_standing_approvals() as approvals`)
  return row?.approvals.map(toStandingApproval)
}

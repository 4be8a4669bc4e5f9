import type { Actor } from '#lib/auth/actor.ts'
import { requirePerson } from '#lib/auth/require-person.ts'
import type { Dashboard } from '#lib/dashboard/schema.ts'
import { as } from '#lib/db/as.ts'
import { toIntent } from '#lib/intents/intent.ts'
import { toStandingApproval } from '#lib/intents/standing-approval.ts'

/** What a person sees first, in one read that costs the same however long their history is. */
export async function getDashboard(actor: Actor): Promise<Dashboard> {
  const [row] = await as(requirePerson(actor))((sql) => sql`select app.read_dashboard() as dashboard`)
  const stored = row?.dashboard
  return {
    ...stored,
    standingApprovals: stored.standingApprovals.map(toStandingApproval),
    waiting: stored.waiting.map(toIntent),
    recent: stored.recent.map(toIntent),
  }
}

import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { requireOwner } from '#lib/rates/alerts/get.ts'
import { toRateAlert } from '#lib/rates/alerts/rate-alert.ts'
import type { RateAlert } from '#lib/rates/alerts/schema.ts'

/** Ends a price alert of the person's. Throws wrong_state once the price was there. */
export async function cancelRateAlert(actor: Actor, id: string): Promise<RateAlert> {
  const person = requireOwner(actor, id)
  const [row] = await as(person)((sql) => sql`select app.cancel_rate_alert(${id}) as alert`)
  return toRateAlert(row?.alert)
}

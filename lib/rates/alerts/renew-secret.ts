import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { requireOwner } from '#lib/rates/alerts/get.ts'
import type { WebhookSecret } from '#lib/rates/alerts/schema.ts'
import { newSecret } from '#lib/rates/alerts/secret.ts'

/**
 * A new secret for the address that an alert of the person's is posted to, for all alerts that go there, from now on. It is in
 * this answer and nowhere else. Throws wrong_state for one that is told by mail.
 */
export async function renewRateAlertSecret(actor: Actor, id: string): Promise<WebhookSecret> {
  const person = requireOwner(actor, id)
  const { secret, sealed } = newSecret()
  await as(person)((sql) => sql`select app.renew_rate_alert_secret(${id}, ${sealed})`)
  return { secret }
}

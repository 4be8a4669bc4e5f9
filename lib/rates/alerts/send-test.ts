import { randomUUID } from 'node:crypto'
import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { Problem } from '#lib/http/problem.ts'
import { limitRate } from '#lib/http/rate-limit/limit-rate.ts'
import { postFailure } from '#lib/outside/post.ts'
import { getRateAlert, requireOwner } from '#lib/rates/alerts/get.ts'
import { postWebhook } from '#lib/rates/alerts/post-webhook.ts'
import type { WebhookTest } from '#lib/rates/alerts/schema.ts'
import { openSecret } from '#lib/rates/alerts/secret.ts'
import { webhookOf } from '#lib/rates/alerts/words.ts'

/**
 * Posts a test to where an alert of the person's is told, signed as the real one will be. Nothing becomes of the alert.
 * Throws wrong_state for one that is told by mail, and rate_limited.
 */
export async function sendTestOfRateAlert(actor: Actor, id: string): Promise<WebhookTest> {
  const person = requireOwner(actor, id)
  const alert = await getRateAlert(person, id)
  await limitRate('webhookTests', person.userId)
  const [row] = await as({ role: 'worker' })((sql) => sql`select url, sealed_secret from app.address_rate_alert(${id})`)
  if (!row?.url) {
    throw new Problem(
      409,
      'wrong_state',
      'Not possible now',
      'This price alert is told by email. There is nothing to test.',
    )
  }
  const to = { url: row.url, secret: openSecret(row.sealed_secret), id: `test_${randomUUID()}` }
  try {
    const status = await postWebhook(to, webhookOf(alert, 'rate_alert.test', new Date()))
    return { taken: status >= 200 && status < 300, detail: `It answered ${status}.` }
  } catch (error) {
    return { taken: false, detail: `It did not get through: ${postFailure(error)}.` }
  }
}

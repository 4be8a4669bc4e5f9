import { Webhook } from 'standardwebhooks'
import { env } from '#lib/env.ts'
import { readDestination } from '#lib/outside/destination.ts'
import { type PostOptions, postOutside } from '#lib/outside/post.ts'
import type { RateAlertWebhook } from '#lib/rates/alerts/schema.ts'

export type Addressed = { url: string; secret: string; id: string }

/**
 * Posts it, signed as Standard Webhooks has it, and resolves to the status of the answer. `id` is the same each time it is sent
 * again. Throws NotSent and RefusedDestination.
 */
export async function postWebhook(
  { url, secret, id }: Addressed,
  webhook: RateAlertWebhook,
  options?: PostOptions,
): Promise<number> {
  const body = JSON.stringify(webhook)
  const now = new Date()
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, now, body),
  }
  // By its form too: what was allowed once need not be any more.
  return await postOutside(readDestination(url, env().APP_URL), { headers, body }, options)
}

import { as } from '#lib/db/as.ts'
import { errorText, log } from '#lib/log.ts'
import { isAway as isCircleAway } from '#lib/rails/circle/errors.ts'
import { isAway as isStripeAway } from '#lib/rails/stripe/errors.ts'
import { handlers as circleHandlers } from '#lib/webhooks/circle/handlers.ts'
import type { Handler } from '#lib/webhooks/handled.ts'
import type { Source } from '#lib/webhooks/store.ts'
import { handlers as stripeHandlers } from '#lib/webhooks/stripe/handlers.ts'

type Payload = { webhookEventId: string }
type Ending = { outcome: 'processed' | 'ignored' | 'failed' | 'unavailable'; note: string | null }

type Sender = { handlers: Record<string, Handler>; isAway: (error: unknown) => boolean }

const senders: Record<Source, Sender> = {
  stripe: { handlers: stripeHandlers, isAway: isStripeAway },
  circle: { handlers: circleHandlers, isAway: isCircleAway },
}

const worker = as({ role: 'worker' })

/**
 * Gives one stored event to its handler and records how that ended. What failed is not thrown: the database says when it is
 * tried again, or that it is put aside, so that one event never stands in the way of another. An event that ended does nothing.
 */
export async function processWebhook({ webhookEventId }: Payload): Promise<void> {
  const [event] = await worker((sql) => sql`select source, type, body from app.start_webhook(${webhookEventId})`)
  if (!event) return
  const { outcome, note } = await handle(event.source, event.type, event.body)
  const [row] = await worker((sql) => sql`select app.finish_webhook(${webhookEventId}, ${outcome}, ${note}) as status`)
  if (row?.status === 'quarantined') log.error('a webhook is quarantined', { webhookEventId, error: note })
  else if (row?.status === 'failed') log.warn('a webhook is tried again', { webhookEventId, outcome, error: note })
}

async function handle(source: Source, type: string, body: Uint8Array): Promise<Ending> {
  const { handlers, isAway } = senders[source]
  const handler = Object.hasOwn(handlers, type) ? handlers[type] : undefined
  if (!handler) return { outcome: 'ignored', note: 'Nothing here follows events of this type.' }
  try {
    const handled = await handler(JSON.parse(Buffer.from(body).toString('utf8')))
    return { outcome: handled.outcome, note: handled.outcome === 'ignored' ? handled.because : null }
  } catch (error) {
    return { outcome: isAway(error) ? 'unavailable' : 'failed', note: errorText(error) }
  }
}

import { as } from '#lib/db/as.ts'
import { errorText } from '#lib/log.ts'
import { handlerOf } from '#lib/webhooks/stripe/handlers.ts'

type Payload = { webhookEventId: string }

const worker = as({ role: 'worker' })

/**
 * Gives one stored event to its handler and records how that ended. A failure is recorded and thrown, so that the queue
 * tries again with backoff; an event that ended already does nothing.
 */
export async function processWebhook({ webhookEventId }: Payload): Promise<void> {
  const [event] = await worker((sql) => sql`select * from app.start_webhook(${webhookEventId})`)
  if (!event) return
  const finish = (status: string, note: string | null) =>
    worker((sql) => sql`select app.finish_webhook(${webhookEventId}, ${status}, ${note})`)
  const handle = handlerOf(event.type)
  if (!handle) {
    await finish('ignored', null)
    return
  }
  try {
    const outcome = await handle(JSON.parse(Buffer.from(event.body).toString('utf8')))
    await finish(outcome, null)
  } catch (error) {
    await finish('failed', errorText(error))
    throw error
  }
}

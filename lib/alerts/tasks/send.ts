import { AlertMessage, wordsOf } from '#lib/alerts/message.ts'
import { sendToChat } from '#lib/alerts/send-to-chat.ts'
import { as } from '#lib/db/as.ts'
import { env } from '#lib/env.ts'
import { log } from '#lib/log.ts'
import { NotSent } from '#lib/outside/not-sent.ts'
import { sendMail } from '#lib/outside/send-mail.ts'

const worker = as({ role: 'worker' })

/**
 * Sends one message to its channel, unless it was sent or another one is sending it. One that is not taken is tried again ever
 * more seldom, and holds up no other. It may arrive twice, never not at all: where this process dies, or the answer is lost,
 * between sending and recording it.
 */
export async function sendAlert({ messageId }: { messageId: string }): Promise<void> {
  const [row] = await worker((sql) => sql`select * from app.start_alert_message(${messageId})`)
  if (!row) return
  const message = AlertMessage.parse(row)
  const failure = await send(messageId, message).then(
    () => null,
    (error: unknown) => {
      if (error instanceof NotSent) return error.message
      throw error
    },
  )
  if (failure !== null) log.warn('an alert did not get through', { channel: message.channel, reason: failure })
  await worker((sql) => sql`select app.finish_alert_message(${messageId}, ${failure})`)
}

async function send(id: string, message: AlertMessage): Promise<void> {
  const { APP_URL, ALERT_WEBHOOK_URL, SMTP_URL: url, ALERT_EMAIL_TO: to = [], ALERT_EMAIL_FROM: sender } = env()
  const words = wordsOf(message, APP_URL)
  const from = sender ?? to[0]
  if (message.channel === 'chat' && ALERT_WEBHOOK_URL) return await sendToChat(ALERT_WEBHOOK_URL, words)
  if (message.channel === 'email' && url && from) return await sendMail({ url, from, to, id: `alert.${id}` }, words)
  throw new NotSent('the channel is not configured here')
}

import { z } from 'zod'
import { as } from '#lib/db/as.ts'
import { env } from '#lib/env.ts'
import { log } from '#lib/log.ts'
import { NotSent } from '#lib/outside/not-sent.ts'
import { postFailure } from '#lib/outside/post.ts'
import { sendMail } from '#lib/outside/send-mail.ts'
import { postWebhook } from '#lib/rates/alerts/post-webhook.ts'
import { type StoredRateAlert, toRateAlert } from '#lib/rates/alerts/rate-alert.ts'
import type { RateAlert } from '#lib/rates/alerts/schema.ts'
import { openSecret } from '#lib/rates/alerts/secret.ts'
import { mailOf, webhookOf } from '#lib/rates/alerts/words.ts'

const Addressed = z.object({
  attempt: z.number(),
  channel: z.enum(['email', 'webhook']),
  url: z.string().nullable(),
  sealed_secret: z.instanceof(Uint8Array).nullable(),
  email: z.string().nullable(),
  alert: z.custom<StoredRateAlert>((value) => typeof value === 'object' && value !== null),
})
type Addressed = z.infer<typeof Addressed>

/** Why nobody was told, and whether trying again could help. */
type Failure = { reason: string; final: boolean }

const worker = as({ role: 'worker' })

/**
 * Tells a person that a price is where they drew the line, unless they were told or another one is telling them. What is not
 * taken is tried again ever later. It may arrive twice, under the same id, never not at all: where this process dies, or the
 * answer is lost, between sending and recording it.
 */
export async function tellRateAlert({ alertId }: { alertId: string }): Promise<void> {
  const [row] = await worker((sql) => sql`select * from app.start_rate_alert(${alertId})`)
  if (!row) return
  const addressed = Addressed.parse(row)
  const failure = await (addressed.channel === 'email' ? mail : post)(addressed, toRateAlert(addressed.alert))
  const [ended] = await worker(
    (sql) => sql`select app.finish_rate_alert(${alertId}, ${addressed.attempt}, ${failure?.reason ?? null},
      ${failure?.final ?? false}) as status`,
  )
  if (failure) log.warn('a price alert did not get through', { channel: addressed.channel, status: ended?.status })
}

async function mail({ email }: Addressed, alert: RateAlert): Promise<Failure | null> {
  const { APP_URL, SMTP_URL: url, ALERT_EMAIL_TO = [], ALERT_EMAIL_FROM: from = ALERT_EMAIL_TO[0] } = env()
  if (!email) return { reason: 'the account has no confirmed email address', final: true }
  if (!url || !from) return { reason: 'no email is sent here', final: false }
  try {
    await sendMail({ url, from, to: [email], id: `rate-alert.${alert.id}` }, mailOf(alert, APP_URL))
    return null
  } catch (error) {
    if (error instanceof NotSent) return { reason: error.message, final: false }
    throw error
  }
}

async function post({ url, sealed_secret: sealed }: Addressed, alert: RateAlert): Promise<Failure | null> {
  if (!url || !sealed) throw new Error('A webhook has an address and a secret.')
  const to = { url, secret: openSecret(sealed), id: `rate_alert_${alert.id}` }
  try {
    const status = await postWebhook(to, webhookOf(alert, 'rate_alert.triggered', new Date()))
    if (status >= 200 && status < 300) return null
    // Gone: whoever answers so wants nothing more.
    return { reason: `it answered ${status}`, final: status === 410 }
  } catch (error) {
    return { reason: postFailure(error), final: false }
  }
}

import type { Actor } from '#lib/auth/actor.ts'
import { requirePerson } from '#lib/auth/require-person.ts'
import { as } from '#lib/db/as.ts'
import { env } from '#lib/env.ts'
import { requestHash } from '#lib/http/idempotency.ts'
import { parseInput } from '#lib/http/parse.ts'
import { Problem } from '#lib/http/problem.ts'
import { addressesOf, RefusedDestination, readDestination } from '#lib/outside/destination.ts'
import { NotSent } from '#lib/outside/not-sent.ts'
import { toRateAlert } from '#lib/rates/alerts/rate-alert.ts'
import { type CreatedRateAlert, CreateRateAlertInput } from '#lib/rates/alerts/schema.ts'
import { newSecret } from '#lib/rates/alerts/secret.ts'

/**
 * A person wants to be told once when a price reaches a line. The same request with the same key is one alert, and its repetition
 * gets everything but the secret. Throws rate_reached where the price is there already, rate_stale while nobody can tell,
 * webhook_refused, email_needed, channel_unavailable and too_many_rate_alerts.
 */
export async function createRateAlert(
  actor: Actor,
  request: CreateRateAlertInput,
  idempotencyKey: string,
): Promise<{ alert: CreatedRateAlert; replayed: boolean }> {
  const person = requirePerson(actor)
  const { base, quote, direction, price, channel, url } = parseInput(CreateRateAlertInput, request)
  if (channel === 'email' && !env().SMTP_URL) throw noMail()
  const address = url === undefined ? null : await webhookAddress(url)
  const { secret, sealed } = newSecret()
  const [row] = await as(person)(
    (
      sql,
    ) => sql`select answer, replayed, secret_is_new from app.create_rate_alert(${idempotencyKey}, ${requestHash(request)},
      ${base}, ${quote}, ${direction}, ${price}, ${channel}, ${address}, ${sealed})`,
  )
  return {
    alert: { ...toRateAlert(row?.answer), secret: row?.secret_is_new ? secret : null },
    replayed: row?.replayed,
  }
}

/** The address as it is stored. It is looked up here so that a mistake is told at once; each post looks and checks anew. */
async function webhookAddress(text: string): Promise<string> {
  try {
    const url = readDestination(text, env().APP_URL)
    await addressesOf(url)
    return url.href
  } catch (error) {
    const why = error instanceof NotSent ? 'names a host that has no address' : undefined
    if (!why && !(error instanceof RefusedDestination)) throw error
    throw new Problem(
      422,
      'webhook_refused',
      'This address is not called',
      `'url' ${why ?? (error instanceof Error ? error.message : '')}.`,
      { field: 'url' },
    )
  }
}

function noMail(): Problem {
  return new Problem(
    422,
    'channel_unavailable',
    'No email is sent here',
    'This deployment has no mail server. Have a webhook called instead.',
    { field: 'channel' },
  )
}

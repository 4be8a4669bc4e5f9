import { createHash } from 'node:crypto'
import { env } from '#lib/env.ts'
import { Problem } from '#lib/http/problem.ts'
import { notificationKey, TooManyKeysAsked } from '#lib/rails/circle/notification-keys.ts'
import { InvalidCircleSignature, verifyCircleSignature } from '#lib/rails/circle/webhook-signature.ts'
import { InvalidStripeSignature, verifyStripeSignature } from '#lib/rails/stripe/webhook-signature.ts'
import { type Delivery, type Source, type Stored, storeDelivery } from '#lib/webhooks/store.ts'

/**
 * Verifies a delivery of Stripe's over its raw bytes and stores it before anyone is told so. What is truly signed is kept,
 * whatever it carries; one that is no JSON object is kept and refused, so that the sender sees it too.
 * Throws Problems: invalid_signature (400), invalid_json (400), busy (503).
 */
export async function receiveStripeWebhook({
  rawBody,
  header,
  now = new Date(),
}: {
  rawBody: Uint8Array
  header: string | null
  now?: Date
}): Promise<Stored> {
  const { secretIndex, signedAt } = verifyStripe(rawBody, header, now)
  const event = readObject(rawBody)
  return await keep('stripe', rawBody, event && { id: event.id, type: event.type }, {
    signature: secretIndex === 0 ? 'current_key' : 'previous_key',
    signedAt,
  })
}

/**
 * As `receiveStripeWebhook`, for Circle's. Its signature has no time of its own: a repeat is told from the first by its id.
 * Throws Problems: circle_not_configured (503), invalid_signature (400), invalid_json (400), busy (503), signer_unknown (503).
 */
export async function receiveCircleWebhook({
  rawBody,
  signature,
  keyId,
  now = new Date(),
}: {
  rawBody: Uint8Array
  signature: string | null
  keyId: string | null
  now?: Date
}): Promise<Stored> {
  if (env().CIRCLE_API_KEY === undefined) {
    const detail = 'This deployment has no key of Circle’s, so it cannot tell whose delivery this is.'
    throw new Problem(503, 'circle_not_configured', 'Circle is not configured here', detail)
  }
  await verifyCircle(rawBody, signature, keyId)
  const event = readObject(rawBody)
  return await keep('circle', rawBody, event && { id: event.notificationId, type: event.notificationType }, {
    signature: 'current_key',
    signedAt: timeOf(event?.timestamp) ?? now,
  })
}

function verifyStripe(rawBody: Uint8Array, header: string | null, now: Date): { secretIndex: number; signedAt: Date } {
  try {
    const { secretIndex, timestamp } = verifyStripeSignature({
      rawBody,
      header,
      secrets: env().STRIPE_WEBHOOK_SECRETS,
      now,
    })
    return { secretIndex, signedAt: new Date(timestamp * 1000) }
  } catch (error) {
    if (error instanceof InvalidStripeSignature) throw invalidSignature('Stripe-Signature', error)
    throw error
  }
}

async function verifyCircle(rawBody: Uint8Array, signature: string | null, keyId: string | null): Promise<void> {
  try {
    await verifyCircleSignature({ rawBody, signature, keyId, keyOf: notificationKey })
  } catch (error) {
    if (error instanceof InvalidCircleSignature) throw invalidSignature('X-Circle-Signature', error)
    const detail = 'Circle did not tell us its key, so nothing was kept of this delivery. Deliver it again.'
    const retryAfterSeconds = error instanceof TooManyKeysAsked ? 60 : 10
    throw new Problem(503, 'signer_unknown', 'The signature cannot be checked now', detail, {
      retryAfterSeconds,
      cause: error,
    })
  }
}

const invalidSignature = (field: string, error: Error) =>
  new Problem(400, 'invalid_signature', 'The signature does not hold', error.message, { field, cause: error })

async function keep(
  source: Source,
  rawBody: Uint8Array,
  event: { id: unknown; type: unknown } | undefined,
  signed: Pick<Delivery, 'signature' | 'signedAt'>,
): Promise<Stored> {
  const stored = await storeDelivery(source, {
    eventId: usable(event?.id) ?? `sha256:${createHash('sha256').update(rawBody).digest('hex')}`,
    type: event ? (usable(event.type) ?? 'unknown') : 'unreadable',
    body: rawBody,
    ...signed,
  })
  if (event) return stored
  const detail = 'The delivery was truly signed and is kept, but it cannot be read as an event.'
  throw new Problem(400, 'invalid_json', 'The body is not a JSON object', detail)
}

// Postgres text holds no NUL; an id or type with one, or of absurd length, is not one of the sender's.
const usable = (value: unknown): string | undefined =>
  typeof value === 'string' && value.length > 0 && value.length <= 255 && !value.includes('\0') && value.isWellFormed()
    ? value
    : undefined

function timeOf(value: unknown): Date | undefined {
  const time = typeof value === 'string' ? new Date(value) : undefined
  return time && Number.isFinite(time.getTime()) ? time : undefined
}

function readObject(rawBody: Uint8Array): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(rawBody))
    // Cast: an object that is no array has texts for keys.
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}

import { createHash } from 'node:crypto'
import { env } from '#lib/env.ts'
import { Problem } from '#lib/http/problem.ts'
import { InvalidStripeSignature, verifyStripeSignature } from '#lib/rails/stripe/webhook-signature.ts'
import { storeDelivery } from '#lib/webhooks/store.ts'

type Received = { id: string; isNew: boolean }

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
}): Promise<Received> {
  const { secretIndex, signedAt } = verify(rawBody, header, now)
  const event = readEvent(rawBody)
  const stored = await storeDelivery({
    eventId: event?.id ?? `sha256:${createHash('sha256').update(rawBody).digest('hex')}`,
    type: event ? (event.type ?? 'unknown') : 'unreadable',
    body: rawBody,
    signature: secretIndex === 0 ? 'current_key' : 'previous_key',
    signedAt,
  })
  if (!event) {
    throw new Problem(
      400,
      'invalid_json',
      'The body is not a JSON object',
      'The delivery was truly signed and is kept, but it cannot be read as an event.',
    )
  }
  return stored
}

function verify(rawBody: Uint8Array, header: string | null, now: Date): { secretIndex: number; signedAt: Date } {
  try {
    const { secretIndex, timestamp } = verifyStripeSignature({
      rawBody,
      header,
      secrets: env().STRIPE_WEBHOOK_SECRETS,
      now,
    })
    return { secretIndex, signedAt: new Date(timestamp * 1000) }
  } catch (error) {
    if (!(error instanceof InvalidStripeSignature)) throw error
    throw new Problem(400, 'invalid_signature', 'The signature does not hold', error.message, {
      field: 'Stripe-Signature',
      cause: error,
    })
  }
}

// Postgres text holds no NUL; an id or type with one, or of absurd length, is not one of Stripe's.
const usable = (value: unknown): string | undefined =>
  typeof value === 'string' && value.length > 0 && value.length <= 255 && !value.includes('\0') && value.isWellFormed()
    ? value
    : undefined

function readEvent(rawBody: Uint8Array): { id: string | undefined; type: string | undefined } | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(rawBody))
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    return { id: usable('id' in value && value.id), type: usable('type' in value && value.type) }
  } catch {
    return undefined
  }
}

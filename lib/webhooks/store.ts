import { inOneTrip } from '#lib/db/in-one-trip.ts'
import { Problem } from '#lib/http/problem.ts'
import { cause } from '#lib/telemetry/cause.ts'
import { note } from '#lib/telemetry/context.ts'
import { gather } from '#lib/webhooks/gather.ts'

export type Source = 'stripe' | 'circle'

export type Delivery = {
  eventId: string
  type: string
  body: Uint8Array
  signature: 'current_key' | 'previous_key'
  signedAt: Date
}

export type Stored = { id: string; isNew: boolean }

type Caused = Delivery & { cause: Record<string, string | number> | undefined }

const megabyte = 2 ** 20

/** Deliveries that come at the same time share a statement and a commit; each is answered after it, with its own outcome. */
const storeOf = (source: Source) =>
  gather<Caused, Stored>({
    work: (deliveries) => storeAll(source, deliveries),
    atOnce: 2,
    batch: { items: 64, size: 4 * megabyte },
    waiting: { items: 2000, size: 32 * megabyte },
    sizeOf: ({ body }) => body.byteLength,
    keyOf: ({ eventId }) => eventId,
    mayBeOneOf: isOfItsValues,
    full: () =>
      new Problem(503, 'busy', 'Too much at once', 'Nothing was kept of this delivery. Deliver it again.', {
        retryAfterSeconds: 10,
      }),
  })

const stores = { stripe: storeOf('stripe'), circle: storeOf('circle') }

/**
 * Stores a delivery whose signature was verified, and resolves when it is committed. What waits is bounded: beyond that it is
 * refused, and the sender delivers it again.
 */
export function storeDelivery(source: Source, delivery: Delivery): Promise<Stored> {
  note({ role: 'webhook' })
  const { traceparent, since, requestId } = cause()
  const known = { ...(traceparent && { traceparent, since: Number(since) }), ...(requestId && { requestId }) }
  return stores[source]({ ...delivery, cause: Object.keys(known).length > 0 ? known : undefined })
}

async function storeAll(source: Source, deliveries: Caused[]): Promise<Stored[]> {
  const rows = await inOneTrip(
    'webhook',
    'app.receive_webhooks',
    (value) => `select * from app.receive_webhooks('${source}', ${value})`,
    deliveries.map(({ eventId, type, body, signature, signedAt, cause }) => ({
      event_id: eventId,
      type,
      body: Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('base64'),
      signature,
      signed_at: signedAt,
      cause,
    })),
  )
  const stored = new Map(rows.map(({ event_id, id, is_new }) => [event_id, { id, isNew: is_new }]))
  return deliveries.flatMap(({ eventId }) => stored.get(eventId) ?? [])
}

/** Whether the database refused values, as opposed to being away or out of something. Limits of the program are of values too. */
function isOfItsValues(error: unknown): boolean {
  const refused = error instanceof Problem ? error.cause : error
  return refused instanceof Error && 'code' in refused && /^(?:2[123]|54|CW)/.test(String(refused.code))
}

import type Stripe from 'stripe'
import { z } from 'zod'

import { parseAnswer } from '#lib/rails/stripe/answer.ts'
import { stripe } from '#lib/rails/stripe/client.ts'

const Page = z.object({
  has_more: z.boolean(),
  data: z.array(
    z.looseObject({ id: z.string().min(1).max(255), type: z.string().min(1).max(255), created: z.number().int() }),
  ),
})

export type StripeEvent = {
  id: string
  type: string
  createdAt: Date
  /** The event as JSON. It is a copy: the bytes that Stripe signs are not to be had here. */
  body: string
}

/** Stripe's guide and its live endpoints spell the event of the onramp differently; both are in use. */
export const onrampEventTypes = ['crypto.onramp_session.updated', 'crypto.onramp_session_updated'] as const

const pageSize = 100

/**
 * Every event of the given types that Stripe lists for a span of time (`since` included, `until` not), the oldest first.
 * Stripe keeps events for thirty days. A list that cannot be read to its end throws, and is read again as a whole.
 */
export async function listEvents(
  { types, since, until }: { types: readonly string[]; since: Date; until: Date },
  client: Stripe = stripe(),
): Promise<StripeEvent[]> {
  const events: StripeEvent[] = []
  for (let last: string | undefined; ; last = events.at(-1)?.id) {
    const query = new URLSearchParams({
      limit: String(pageSize),
      'created[gte]': String(Math.floor(since.getTime() / 1000)),
      'created[lt]': String(Math.ceil(until.getTime() / 1000)),
      ...(last === undefined ? {} : { starting_after: last }),
    })
    for (const [index, type] of types.entries()) query.set(`types[${index}]`, type)
    const page = parseAnswer(Page, await client.rawRequest('GET', `/v1/events?${query}`), 'list of events')
    for (const event of page.data) {
      const { id, type, created } = event
      events.push({ id, type, createdAt: new Date(created * 1000), body: JSON.stringify(event) })
    }
    if (!page.has_more || page.data.length === 0) return events.reverse()
  }
}

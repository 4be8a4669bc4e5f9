import type { Handled } from '#lib/webhooks/handled.ts'
import { onrampSessionUpdated } from '#lib/webhooks/stripe/onramp-session-updated.ts'

/** Handles one event's JSON. Throws to be tried again. */
export type StripeHandler = (event: unknown) => Promise<Handled>

// Stripe's guide and its live endpoints spell the onramp event differently; both are in use.
const handlers: Record<string, StripeHandler> = {
  'crypto.onramp_session.updated': onrampSessionUpdated,
  'crypto.onramp_session_updated': onrampSessionUpdated,
}

/** The handler of an event type; undefined for a type that concerns nothing here. */
export function handlerOf(type: string): StripeHandler | undefined {
  return Object.hasOwn(handlers, type) ? handlers[type] : undefined
}

import type { Handler } from '#lib/webhooks/handled.ts'
import { onrampSessionUpdated } from '#lib/webhooks/stripe/onramp-session-updated.ts'

/** Who handles which of Stripe's events. Its guide and its live endpoints spell the onramp's differently; both are in use. */
export const handlers: Record<string, Handler> = {
  'crypto.onramp_session.updated': onrampSessionUpdated,
  'crypto.onramp_session_updated': onrampSessionUpdated,
}

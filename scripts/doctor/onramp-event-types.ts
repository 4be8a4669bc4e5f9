/** Stripe's guide and its live endpoints spell the event differently; both are handled. */
export const onrampEventTypes = ['crypto.onramp_session.updated', 'crypto.onramp_session_updated'] as const

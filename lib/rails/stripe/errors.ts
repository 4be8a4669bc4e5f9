import Stripe from 'stripe'
import { neverConnectedCodes, type Outcome } from '#lib/rails/rail.ts'

/**
 * Sorts an error of a Stripe call: `refused` is final, `unavailable` was certainly never accepted and may be repeated,
 * `unclear` may have happened: only a re-read, or a repeat with the same idempotency key, tells.
 */
export function outcomeOf(error: unknown): Outcome {
  if (error instanceof Stripe.errors.StripeRateLimitError) return 'unavailable'
  if (error instanceof Stripe.errors.StripeConnectionError) {
    return neverConnectedCodes.has(causeCode(error)) ? 'unavailable' : 'unclear'
  }
  if (!(error instanceof Stripe.errors.StripeError) || error.statusCode === undefined) return 'unclear'
  // 409 means that another request with this key still runs: its outcome is not known yet.
  if (error.statusCode === 409) return 'unclear'
  return error.statusCode >= 400 && error.statusCode < 500 ? 'refused' : 'unclear'
}

/**
 * Whether a call failed because of Stripe or of our key, and not because of what was asked: the same call may well succeed
 * once Stripe answers again, or the key is mended.
 */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Stripe.errors.StripeError)) return false
  return error.statusCode === 401 || error.statusCode === 403 || outcomeOf(error) !== 'refused'
}

/** Whether Stripe answered that what was asked for does not exist. */
export function isMissing(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeError && error.statusCode === 404 && error.code === 'resource_missing'
}

export type StripeRefusal = { code: string; detail: string; field: string | null; requestId: string | null }

const sentences: Record<string, string> = {
  crypto_onramp_disabled: 'Stripe has paused crypto purchases. Try again later.',
  crypto_onramp_unsupported_country: 'Stripe does not sell crypto in this country.',
  crypto_onramp_unsupportable_customer: 'Stripe cannot serve this customer.',
  customer_ip_address: 'Stripe does not accept this network address.',
  crypto_onramp_invalid_source_destination_pair: 'Stripe does not sell this asset for this currency.',
  crypto_onramp_invalid_source_amount: 'Stripe does not sell for this amount.',
  crypto_onramp_merchant_not_properly_setup: 'This Stripe account is not set up to sell crypto.',
  parameter_unknown: 'Stripe does not know a field of the request.',
  idempotency_error: 'This key was already used for another request.',
}

/**
 * What may be shown of a refusal: Stripe's code and field, and a sentence of ours. Stripe's own message is left out,
 * as it can quote the request and part of the key.
 */
export function refusalOf(error: unknown): StripeRefusal {
  if (!(error instanceof Stripe.errors.StripeError)) {
    return { code: 'unknown', detail: 'Stripe did not accept the request.', field: null, requestId: null }
  }
  const code = error.code ?? error.rawType ?? 'unknown'
  return {
    code,
    detail: sentences[code] ?? 'Stripe did not accept the request.',
    field: error.param ?? null,
    requestId: error.requestId ?? null,
  }
}

function causeCode(error: Stripe.errors.StripeConnectionError): string {
  const cause: unknown = error.detail
  return typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : ''
}

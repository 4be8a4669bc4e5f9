/**
 * What is known of a call that threw.
 * `refused`: the provider heard it and said no; the same call will not succeed by itself.
 * `unavailable`: it was certainly never accepted; repeating it is safe.
 * `unclear`: it may have happened. Only reading at the provider, or repeating it under the same key, tells.
 */
export type Outcome = 'refused' | 'unclear' | 'unavailable'

export type Health = { ok: boolean; detail: string }

/**
 * What Stripe, Circle and each chain have in common. Every rail keeps it in files of the same names:
 * client.ts, errors.ts, health.ts, rail.ts.
 */
export type Rail = {
  name: string
  /** Whether the provider answers us, with a sentence an operator can act on. Never throws. */
  health: () => Promise<Health>
  /** Sorts an error of one of this rail's calls. When in doubt it says `unclear`. */
  outcomeOf: (error: unknown) => Outcome
}

/** Node's codes for a connection that was never made, so that no request was heard. */
export const neverConnectedCodes: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
])

import { HttpRequestError, HttpResponseError } from '@circle-fin/developer-controlled-wallets'
import { CircleNotConfigured, CircleTimedOut } from '#lib/rails/circle/client.ts'
import { RecipientRefused, ScreeningUnavailable } from '#lib/rails/circle/screening.ts'
import { neverConnectedCodes, type Outcome } from '#lib/rails/rail.ts'

/** Circle refuses a ciphertext that it has seen before anything is done. The client makes a new one for each call. */
const ciphertextReused = 156004

/** The key stands for another request. That one may have been done, so nothing is known of the payment. */
const keyStandsForAnother = 156020

/**
 * Sorts an error of a Circle call: `refused` is final, `unavailable` was certainly never accepted and may be repeated,
 * `unclear` may have happened: only a re-read, or a repeat with the same idempotency key, tells.
 */
export function outcomeOf(error: unknown): Outcome {
  if (error instanceof RecipientRefused) return 'refused'
  if (error instanceof CircleNotConfigured || error instanceof ScreeningUnavailable) return 'unavailable'
  if (error instanceof HttpRequestError) return neverConnectedCodes.has(error.code) ? 'unavailable' : 'unclear'
  if (!(error instanceof HttpResponseError)) return 'unclear'
  if (error.status === 429 || error.code === ciphertextReused) return 'unavailable'
  if (error.status === 409 || error.code === keyStandsForAnother) return 'unclear'
  return error.status >= 400 && error.status < 500 ? 'refused' : 'unclear'
}

/**
 * Whether a call failed because of Circle or of our key, and not because of what was asked: the same call may well succeed
 * once Circle answers again, or the key is mended.
 */
export function isAway(error: unknown): boolean {
  if (error instanceof CircleNotConfigured || error instanceof CircleTimedOut) return true
  if (!(error instanceof HttpResponseError) && !(error instanceof HttpRequestError)) return false
  return isKeyRefused(error) || outcomeOf(error) !== 'refused'
}

const secretCodes: ReadonlySet<unknown> = new Set([156013, 156014, 177604])

/** Whether Circle refused our API key or our entity secret, whatever was asked. */
export function isKeyRefused(error: unknown): boolean {
  return (
    error instanceof HttpResponseError && (error.status === 401 || error.status === 403 || secretCodes.has(error.code))
  )
}

/** Whether Circle answered that what was asked for does not exist. */
export function isMissing(error: unknown): boolean {
  return error instanceof HttpResponseError && error.status === 404
}

/** How long Circle asks us to wait after too many requests, in seconds; undefined when it does not say. */
export function retryAfterOf(error: unknown): number | undefined {
  if (!(error instanceof HttpResponseError)) return undefined
  const seconds = Number(error.error?.response?.headers['retry-after'])
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 3600) : undefined
}

const sentences: Record<string, string> = {
  155219: 'Circle does not accept the address of the recipient.',
  155221: 'Circle does not accept the amount.',
  155258: 'The wallet does not hold enough for this payment.',
  155262: 'The wallet does not hold enough to pay the network fee.',
  156001: 'Circle does not know the wallet.',
  156002: 'Circle does not know the token.',
  156003: 'Circle does not know the transaction.',
  156005: 'Circle does not know the wallet set.',
  156006: 'This Circle key is not for this network.',
  156013: 'Circle refuses our entity secret.',
  156014: 'No entity secret is registered with Circle.',
  156020: 'This key was already used for another request.',
  156027: 'Circle does not serve this network.',
}

/** What may be shown of a refusal: Circle's code and a sentence of ours. Circle's own message is left out, as it can quote the request. */
export function refusalOf(error: unknown): { code: string; detail: string } {
  if (error instanceof RecipientRefused) return { code: 'screening', detail: error.message }
  if (!(error instanceof HttpResponseError)) return { code: 'unknown', detail: 'Circle did not accept the request.' }
  if (error.status === 401 || error.status === 403) {
    return { code: String(error.code), detail: 'Circle does not accept our key.' }
  }
  return { code: String(error.code), detail: sentences[error.code] ?? 'Circle did not accept the request.' }
}

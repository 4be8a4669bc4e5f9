import { type AuthError, isAuthRetryableFetchError } from '@supabase/supabase-js'
import { Problem } from '#lib/http/problem.ts'
import { log } from '#lib/log.ts'

/** Supabase Auth did not answer. */
export function signInUnavailable(cause: unknown): Problem {
  const detail = 'The sign-in service does not answer. Nothing was changed; try again in a minute.'
  return new Problem(503, 'sign_in_unavailable', 'Sign-in is unavailable', detail, { cause, retryAfterSeconds: 30 })
}

type Refusal = [status: number, code: string, title: string, detail: string, field?: string]

const tooMany: Refusal = [
  429,
  'too_many_attempts',
  'Too many attempts',
  'There were too many attempts in a short time. Wait a minute, then try again.',
]

const wrongCredentials: Refusal = [
  401,
  'credentials_refused',
  'Not signed in',
  'This email and password do not belong together. Check both, or sign in by email code.',
  'password',
]

/**
 * What Supabase Auth's own codes mean to the person. Wrong password, unknown account and closed account read the
 * same, as do a wrong and an outdated code: nobody learns here which addresses have an account.
 */
const refusals: Record<string, Refusal> = {
  invalid_credentials: wrongCredentials,
  user_banned: wrongCredentials,
  email_not_confirmed: [
    403,
    'email_not_confirmed',
    'Email not confirmed',
    'This address is not confirmed yet. Sign in by email code, which confirms it.',
    'email',
  ],
  otp_expired: [
    401,
    'code_refused',
    'Code not accepted',
    'This code is wrong or no longer valid. Check the newest email, or ask for a new code.',
    'code',
  ],
  email_address_invalid: [
    400,
    'invalid_email',
    'Not an email address',
    'This address cannot receive mail. Check it.',
    'email',
  ],
  validation_failed: [
    400,
    'sign_in_refused',
    'Not signed in',
    'The sign-in service did not accept this. Check it and try again.',
  ],
  over_email_send_rate_limit: tooMany,
  over_request_rate_limit: tooMany,
  email_provider_disabled: [403, 'sign_in_method_off', 'Not available', 'Signing in by email is switched off here.'],
  anonymous_provider_disabled: [
    403,
    'sign_in_method_off',
    'Not available',
    'Beginning as a guest is switched off here.',
  ],
  web3_provider_disabled: [403, 'sign_in_method_off', 'Not available', 'Signing in by wallet is switched off here.'],
}

/** A refusal of Supabase Auth as a Problem that is safe to show. What is not known here is logged, and answered in general words. */
export function signInRefusal(error: AuthError): Problem {
  if (isAuthRetryableFetchError(error)) return signInUnavailable(error)
  const known = refusals[error.code ?? '']
  if (known) {
    const [status, code, title, detail, field] = known
    return new Problem(status, code, title, detail, { cause: error, ...(field ? { field } : {}) })
  }
  log.error('sign-in failed for a reason we do not know', {
    code: error.code,
    status: error.status,
    message: error.message,
  })
  const detail =
    'The sign-in service refused this for a reason we do not know. Nothing was changed; try again or use another way.'
  return new Problem(502, 'sign_in_failed', 'Not signed in', detail, { cause: error })
}

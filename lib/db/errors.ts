import { Problem } from '#lib/http/problem.ts'

type Refusal = { status: number; code: string; title: string; retryAfterSeconds?: number }

/** What the database's own refusals mean to a caller. Each SQLSTATE is raised in supabase/migrations and listed in docs/error-codes.md. */
const refusals: Record<string, Refusal> = {
  CWNTF: { status: 404, code: 'not_found', title: 'Not found' },
  CWFRB: { status: 403, code: 'forbidden', title: 'Not allowed' },
  CWSTA: { status: 409, code: 'wrong_state', title: 'Not possible now' },
  CWQEX: { status: 409, code: 'quote_expired', title: 'The quote has expired' },
  CWPAY: { status: 402, code: 'pass_required', title: 'A pass is needed' },
  CWSUS: { status: 403, code: 'suspended', title: 'You are suspended' },
  CWIKR: { status: 422, code: 'idempotency_key_reused', title: 'This idempotency key belongs to another request' },
  CWIKP: {
    status: 409,
    code: 'idempotency_in_progress',
    title: 'The first request is still running',
    retryAfterSeconds: 2,
  },
}

/** There is no price that a quote could stand on. private.fresh_tick() says which of these it is beside it. */
const NO_RATE = 'CWRAT'

const rateRefusals: Record<string, Refusal> = {
  rate_missing: { status: 404, code: 'rate_missing', title: 'There is no such price' },
  forecast_missing: { status: 404, code: 'forecast_missing', title: 'There is no forecast' },
  rate_stale: { status: 503, code: 'rate_stale', title: 'The price is too old', retryAfterSeconds: 60 },
  price_off_market: { status: 503, code: 'price_off_market', title: 'Prices disagree', retryAfterSeconds: 60 },
}

/** It does not fit how things stand between people now. private.refuse_in_rooms() says which of these it is beside it. */
const ROOMS = 'CWROM'

const roomRefusals: Record<string, Refusal> = {
  not_in_rooms: { status: 409, code: 'not_in_rooms', title: 'You are not in the rooms' },
  in_a_call: { status: 409, code: 'in_a_call', title: 'You are in a call' },
  person_gone: { status: 409, code: 'person_gone', title: 'They are gone' },
  person_busy: { status: 409, code: 'person_busy', title: 'They are in a call' },
  in_cooldown: { status: 409, code: 'in_cooldown', title: 'Not again so soon' },
  invitation_out: { status: 409, code: 'invitation_out', title: 'You have asked somebody else' },
  invitation_over: { status: 409, code: 'invitation_over', title: 'The invitation is over' },
  nothing_to_decide: { status: 409, code: 'nothing_to_decide', title: 'Nothing waits for a decision' },
}

/** The refusals whose code is raised beside them, by SQLSTATE. */
const coded: Record<string, Record<string, Refusal>> = { [NO_RATE]: rateRefusals, [ROOMS]: roomRefusals }

type DatabaseError = Error & { code: string; constraint_name?: string; detail?: string }

/** A request that cannot be done as it stands. private.refuse() says the problem's code beside it. */
const UNPROCESSABLE = 'CWINV'

function isDatabaseError(error: unknown): error is DatabaseError {
  return error instanceof Error && error.name === 'PostgresError' && 'code' in error
}

/** What a SQLSTATE of ours means to a caller; undefined for any other. The message of a raised refusal is safe to show. */
export function problemOf(
  sqlstate: string,
  message: string,
  detail: string | undefined,
  cause?: unknown,
): Problem | undefined {
  if (sqlstate === UNPROCESSABLE && detail !== undefined) {
    return new Problem(422, detail, 'Not possible as it was asked', message, { cause })
  }
  const refusal = refusals[sqlstate] ?? coded[sqlstate]?.[detail ?? '']
  if (!refusal) return undefined
  const { status, code, title, retryAfterSeconds } = refusal
  return new Problem(status, code, title, message, {
    cause,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  })
}

/** A refusal of the database as a Problem; any other error comes back as it is. */
export function refusalOf(error: unknown): unknown {
  if (!isDatabaseError(error)) return error
  const problem = problemOf(error.code, error.message, error.detail, error)
  if (problem) return problem
  // An undeclared transition is stopped by a foreign key whose name says so; the caller asked for something that no longer fits.
  if (error.constraint_name?.endsWith('_transition_is_allowed')) {
    return new Problem(409, 'wrong_state', 'Not possible now', 'Its state has changed meanwhile. Read it again.', {
      cause: error,
    })
  }
  return error
}

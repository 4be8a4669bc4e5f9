import { z } from 'zod'
import type { ZodOpenApiResponseObject, ZodOpenApiResponsesObject } from 'zod-openapi'
import { agentRefusals } from '#lib/openapi/agent-refusals.ts'
import { passRefusals } from '#lib/openapi/pass-refusals.ts'
import { rateAlertRefusals } from '#lib/openapi/rate-alert-refusals.ts'
import { roomRefusals } from '#lib/openapi/room-refusals.ts'

export const ProblemBody = z
  .object({
    type: z.url().meta({ description: 'Where the code is explained.' }),
    title: z.string().meta({ description: 'A short sentence for people. It may be reworded.' }),
    status: z.number().int(),
    detail: z
      .string()
      .meta({ description: 'What happened and what to do, for people. Everything in it is safe to show.' }),
    code: z.string().meta({ description: 'Stable: decide by this. Each has an entry in docs/error-codes.md.' }),
    field: z.string().optional().meta({ description: 'The field or header that is at fault, where one is.' }),
  })
  .meta({ id: 'Problem', description: 'A refusal, as RFC 9457 has it.' })

type Refusal = { status: number; title: string; detail: string; field?: string; retryAfter?: true }

/** What the operations below refuse with, by code: an example of each. docs/error-codes.md explains them. */
export const refusals = {
  ...agentRefusals,
  ...rateAlertRefusals,
  ...passRefusals,
  ...roomRefusals,
  invalid_json: { status: 400, title: 'The body is not JSON', detail: 'Send a JSON object, encoded as UTF-8.' },
  idempotency_key_required: {
    status: 400,
    title: 'An Idempotency-Key is needed',
    detail:
      'Send the header Idempotency-Key with a value you made and keep, such as a UUID. A repeat with the same key is done once.',
    field: 'Idempotency-Key',
  },
  idempotency_key_invalid: {
    status: 400,
    title: 'The Idempotency-Key is not valid',
    detail: 'It has 1 to 255 visible ASCII characters.',
    field: 'Idempotency-Key',
  },
  invalid_signature: {
    status: 400,
    title: 'The signature does not hold',
    detail: 'No signature in the header was made with a known secret over this body.',
    field: 'Stripe-Signature',
  },
  sign_in_required: {
    status: 401,
    title: 'Sign in first',
    detail: 'Your purchases are listed once you have signed in.',
  },
  foreign_origin: {
    status: 403,
    title: 'This came from another site',
    detail: 'Open Causeway itself and try again there.',
  },
  not_found: {
    status: 404,
    title: 'Not found',
    detail: 'There is no such session, or it is not yours to see.',
  },
  body_too_slow: {
    status: 408,
    title: 'The body came too slowly',
    detail: 'A body has 10 s to arrive. Nothing was done; send the request again.',
  },
  quote_expired: {
    status: 409,
    title: 'The quote has expired',
    detail: 'The quote held for 60 seconds and has expired. Ask for a new one.',
  },
  idempotency_in_progress: {
    status: 409,
    title: 'The first request is still running',
    detail: 'The first request with this key has not finished. Send the same request again shortly.',
    retryAfter: true,
  },
  body_too_large: {
    status: 413,
    title: 'The body is too large',
    detail: 'This address takes at most 16384 bytes.',
  },
  unsupported_media_type: {
    status: 415,
    title: 'The body is not declared as JSON',
    detail: 'Send the header Content-Type: application/json.',
    field: 'Content-Type',
  },
  invalid_field: {
    status: 422,
    title: "The field 'asset' is not valid",
    detail: "'asset' is one of MUSD, USDC.",
    field: 'asset',
  },
  unknown_field: {
    status: 422,
    title: 'A field is not known',
    detail: "There is no field 'ammount' here.",
    field: 'ammount',
  },
  invalid_amount: {
    status: 422,
    title: "The field 'sourceAmount' is not valid",
    detail: 'The amount has more decimals than its asset.',
    field: 'sourceAmount',
  },
  amount_out_of_range: {
    status: 422,
    title: "The field 'sourceAmount' is not valid",
    detail: 'A purchase is from 1.00 to 10000.00 USD.',
    field: 'sourceAmount',
  },
  invalid_address: {
    status: 422,
    title: "The field 'walletAddress' is not valid",
    detail: 'This is the zero address. Nobody holds its key, so whatever is sent to it is lost.',
    field: 'walletAddress',
  },
  invalid_cursor: {
    status: 422,
    title: 'The cursor is not valid',
    detail: 'Send the nextCursor of the page before, as it was.',
    field: 'cursor',
  },
  not_offered: {
    status: 422,
    title: 'MUSD on base is not offered',
    detail: 'MUSD is sold here on mezo.',
    field: 'network',
  },
  unknown_quote: {
    status: 422,
    title: 'This is not a quote of ours',
    detail: 'Ask for a new quote and send its id as it is.',
    field: 'quoteId',
  },
  quote_mismatch: {
    status: 422,
    title: 'The quote is for another purchase',
    detail: 'Its asset, network, amount or currency differ from the request. Ask for a new quote.',
    field: 'quoteId',
  },
  idempotency_key_reused: {
    status: 422,
    title: 'This idempotency key belongs to another request',
    detail: 'This idempotency key was used with another body. Make a new key for a new request.',
  },
  stripe_refused: {
    status: 422,
    title: 'Stripe does not take this purchase',
    detail: 'Purchases are not offered in your region. (crypto_onramp_unsupported_country) Nothing was charged.',
  },
  rate_missing: {
    status: 404,
    title: 'There is no such price',
    detail: 'No price of BDX in INR was read in that time.',
  },
  forecast_missing: {
    status: 404,
    title: 'There is no forecast',
    detail: 'A forecast of BDX in INR needs 672 hours of prices in a row, and the longest row has 312.',
  },
  rate_stale: {
    status: 503,
    title: 'The price is too old',
    detail: 'The last price of BTC in EUR is 21 minutes old.',
    retryAfter: true,
  },
  price_off_market: {
    status: 503,
    title: 'Prices disagree',
    detail: 'Stripe’s price for USDC is too far from the market’s. Nothing is sold until the two agree.',
    retryAfter: true,
  },
  rates_unavailable: {
    status: 503,
    title: 'Prices cannot be read now',
    detail: 'What holds the prices does not answer. Nothing was charged; try again shortly.',
    retryAfter: true,
  },
  rate_limited: {
    status: 429,
    title: 'Too many requests',
    detail:
      'There were too many requests of this kind in a short time. Nothing was done or charged; try again in 42 s.',
    retryAfter: true,
  },
  internal_error: {
    status: 500,
    title: 'Something went wrong here',
    detail:
      'Nothing was charged by this request. If it happens again, tell us this id: 6f1c3f0e-8a53-4c0e-9d0a-3d1f0a7b2c11.',
  },
  network_without_wallets: {
    status: 422,
    title: 'Agents have no wallets on mezo here',
    detail: 'They have on base, ethereum.',
    field: 'network',
  },
  circle_not_configured: {
    status: 503,
    title: 'Circle is not configured here',
    detail: 'This deployment has no key of Circle’s, so it cannot tell whose delivery this is.',
  },
  signer_unknown: {
    status: 503,
    title: 'The signature cannot be checked now',
    detail: 'Circle did not tell us its key, so nothing was kept of this delivery. Deliver it again.',
    retryAfter: true,
  },
  quotes_unavailable: {
    status: 503,
    title: 'There is no quote right now',
    detail: 'Stripe does not answer at the moment. Nothing was charged; try again shortly.',
    retryAfter: true,
  },
  stripe_unavailable: {
    status: 503,
    title: 'Stripe does not answer',
    detail: 'Nothing was charged. Send the same request with the same Idempotency-Key again.',
    retryAfter: true,
  },
  sign_in_unavailable: {
    status: 503,
    title: 'Sign-in is unavailable',
    detail: 'The sign-in service does not answer. Nothing was changed; try again in a minute.',
    retryAfter: true,
  },
  database_unavailable: {
    status: 503,
    title: 'The database does not answer',
    detail: 'Payments in progress are safe and continue as soon as it is back.',
    retryAfter: true,
  },
} satisfies Record<string, Refusal>

export type RefusalCode = keyof typeof refusals

/** What reading a body can be refused with. */
export const bodyRefusals = ['body_too_slow', 'body_too_large'] as const satisfies RefusalCode[]
export const jsonBodyRefusals = ['invalid_json', 'unsupported_media_type', ...bodyRefusals] as const

/** What any operation of agents and payments can be refused with, by whoever asks. */
const always = ['sign_in_required', 'invalid_api_key', 'rate_limited', 'internal_error', 'sign_in_unavailable'] as const
/** The same where an API key may ask too, if it has the scope. */
export const callerRefusals = [...always, 'forbidden'] as const satisfies RefusalCode[]
/** The same where only a person may ask. */
export const personRefusals = [...always, 'person_required'] as const satisfies RefusalCode[]
export const pageRefusals = ['invalid_field', 'unknown_field', 'invalid_cursor'] as const satisfies RefusalCode[]
export const idempotencyRefusals = [
  'idempotency_key_required',
  'idempotency_key_invalid',
  'idempotency_in_progress',
  'idempotency_key_reused',
] as const satisfies RefusalCode[]

/** The refusals of an operation as its responses: one a status, each code in it with an example. */
export function problems(...codes: RefusalCode[]): ZodOpenApiResponsesObject {
  const responses: Record<`${4 | 5}${string}`, ZodOpenApiResponseObject> = {}
  const statuses = new Set(codes.map((code) => refusals[code].status))
  for (const status of statuses) {
    const those = codes.filter((code) => refusals[code].status === status)
    responses[`${status}` as `${4 | 5}${string}`] = {
      description: those.map((code) => `\`${code}\``).join(', '),
      ...(those.some((code) => 'retryAfter' in refusals[code]) ? { headers: { 'Retry-After': retryAfter } } : {}),
      content: {
        'application/problem+json': {
          schema: ProblemBody,
          examples: Object.fromEntries(those.map((code) => [code, { value: exampleOf(code) }])),
        },
      },
    }
  }
  return responses as ZodOpenApiResponsesObject
}

const retryAfter = {
  description: 'How many seconds to wait before the same request again.',
  schema: { type: 'integer', minimum: 1, example: 42 },
} as const

function exampleOf(code: RefusalCode): z.infer<typeof ProblemBody> {
  const { status, title, detail, ...rest } = refusals[code]
  return {
    type: `https://github.com/causeway-pay/causeway/blob/main/docs/error-codes.md#${code}`,
    title,
    status,
    detail,
    code,
    ...('field' in rest ? { field: rest.field } : {}),
  }
}

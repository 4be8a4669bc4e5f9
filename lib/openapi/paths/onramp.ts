import { z } from 'zod'
import type { ZodOpenApiPathsObject } from 'zod-openapi'
import { AdoptSessionInput } from '#lib/onramp/adopt.ts'
import { ListSessionsInput } from '#lib/onramp/list.ts'
import { OnrampOptions } from '#lib/onramp/options.ts'
import { CreatedSession, CreateSessionInput, OnrampSession, Quote, QuoteInput } from '#lib/onramp/schema.ts'
import { answer, textHeader } from '#lib/openapi/answer.ts'
import { createdSession, createSession, historyCsv, options, quote, session } from '#lib/openapi/examples.ts'
import { jsonBodyRefusals, problems } from '#lib/openapi/problems.ts'
import { asGuest, asPerson, openToAll } from '#lib/openapi/security.ts'

const tags = ['Buying']
const id = z.object({ id: z.uuid().meta({ description: 'The id of the session.', example: session.id }) })
const purchaseRefusals = [
  'invalid_field',
  'unknown_field',
  'invalid_amount',
  'amount_out_of_range',
  'not_offered',
] as const

/** Where there is no price that a quote may stand on. */
const priceRefusals = ['rate_stale', 'price_off_market', 'rates_unavailable'] as const

const History = z
  .object({
    items: z.array(OnrampSession),
    nextCursor: z.string().nullable().meta({ description: 'Send it as cursor for the next page; null at the end.' }),
  })
  .meta({ id: 'OnrampHistory' })

const HistoryInput = ListSessionsInput.extend({
  format: z
    .enum(['json', 'csv'])
    .default('json')
    .meta({ description: 'csv is all of them in one file, at most 10,000.' }),
})

/** Buying: from what is on sale to what was bought. */
export const onrampPaths: ZodOpenApiPathsObject = {
  '/api/v1/onramp/options': {
    get: {
      operationId: 'getOnrampOptions',
      tags,
      summary: 'See what is on sale',
      description:
        'The assets with the network each is sold on, the currencies a card may be charged in with their limits, and the public ids of the providers. It changes only when the operator changes it.',
      security: openToAll,
      responses: { '200': answer('What is on sale.', OnrampOptions, options), ...problems('internal_error') },
    },
  },
  '/api/v1/onramp/quotes': {
    get: {
      operationId: 'quoteOnramp',
      tags,
      summary: 'Ask for a price',
      description:
        'What a purchase would cost and bring now, with every fee. It holds for 60 seconds, is stored nowhere and obliges nobody. Buy at it by sending its id as `quoteId`.',
      security: openToAll,
      requestParams: { query: QuoteInput },
      responses: {
        '200': answer('A price that holds for 60 seconds.', Quote, quote),
        ...problems(
          ...purchaseRefusals,
          ...priceRefusals,
          'stripe_refused',
          'rate_limited',
          'internal_error',
          'quotes_unavailable',
        ),
      },
    },
  },
  '/api/v1/onramp/sessions': {
    post: {
      operationId: 'createOnrampSession',
      tags,
      summary: 'Begin a purchase',
      description:
        'Makes a session and tells where to pay: send the buyer to `checkoutUrl`. Nobody is charged before they pay there. Without signing in, the session belongs to whoever holds its `secret`, which is told once. A repeat with the same `Idempotency-Key` and body is done once and gets the same answer.',
      security: [...openToAll, ...asPerson],
      requestParams: {
        header: z.object({
          'Idempotency-Key': z.string().min(1).max(255).meta({
            description: 'A value you make and keep, such as a UUID, in visible ASCII. A repeat with it is done once.',
            example: '5f0c7a52-3d2e-4b1c-9a77-2f6f0f1f8a10',
          }),
        }),
      },
      requestBody: {
        required: true,
        content: { 'application/json': { schema: CreateSessionInput, example: createSession } },
      },
      responses: {
        '201': {
          ...answer('The session, and where to pay.', CreatedSession, createdSession, {
            Location: textHeader('Where the session is read.', `/api/v1/onramp/sessions/${session.id}`),
            'Idempotent-Replayed': textHeader('Set when this is the stored answer of the first request.', 'true'),
          }),
          links: {
            status: {
              operationId: 'getOnrampSession',
              parameters: { id: '$response.body#/id' },
              description: 'The session, with `secret` as the bearer.',
            },
          },
        },
        ...problems(
          ...jsonBodyRefusals,
          'idempotency_key_required',
          'idempotency_key_invalid',
          'quote_expired',
          'idempotency_in_progress',
          ...purchaseRefusals,
          'invalid_address',
          'unknown_quote',
          'quote_mismatch',
          'idempotency_key_reused',
          'stripe_refused',
          'rate_limited',
          'internal_error',
          'stripe_unavailable',
          'quotes_unavailable',
          'rate_stale',
          'price_off_market',
          'sign_in_unavailable',
        ),
      },
    },
  },
  '/api/v1/onramp/sessions/{id}': {
    get: {
      operationId: 'getOnrampSession',
      tags,
      summary: 'Follow a purchase',
      description:
        'Where the money is: the status, each transfer with its hash, and every change so far. Ask again every few seconds while it moves, with the `ETag` of the last answer as `If-None-Match`; an unchanged session is then answered with 304 and no body.',
      security: [...asGuest, ...asPerson],
      requestParams: {
        path: id,
        header: z.object({
          'If-None-Match': z.string().optional().meta({ description: 'The ETag of the answer you have.' }),
        }),
      },
      responses: {
        '200': answer('The session.', OnrampSession, session, {
          ETag: textHeader('The version of this answer.', '"4nO0Xc1lBq2RkTz7uVh9sYw3Ed5"'),
        }),
        '304': { description: 'Unchanged since the answer you have.' },
        ...problems('not_found', 'rate_limited', 'internal_error', 'sign_in_unavailable'),
      },
    },
  },
  '/api/v1/onramp/sessions/{id}/adoption': {
    post: {
      operationId: 'adoptOnrampSession',
      tags,
      summary: 'Take a guest’s purchase into an account',
      description: 'Whoever has signed in and holds the secret may take the session over. The link keeps working.',
      security: asPerson,
      requestParams: { path: id },
      requestBody: {
        required: true,
        content: { 'application/json': { schema: AdoptSessionInput, example: { secret: createdSession.secret } } },
      },
      responses: {
        '204': { description: 'It is yours. A repeat changes nothing.' },
        ...problems(
          ...jsonBodyRefusals,
          'sign_in_required',
          'foreign_origin',
          'not_found',
          'invalid_field',
          'unknown_field',
          'rate_limited',
          'internal_error',
          'sign_in_unavailable',
        ),
      },
    },
  },
  '/api/v1/onramp/history': {
    get: {
      operationId: 'listOnrampSessions',
      tags,
      summary: 'List your purchases',
      description: 'What a signed-in person bought, newest first, by pages or as one file of CSV.',
      security: asPerson,
      requestParams: { query: HistoryInput },
      responses: {
        '200': {
          description: 'A page of sessions, or the file.',
          content: {
            'application/json': { schema: History, example: { items: [session], nextCursor: null } },
            'text/csv': { schema: { type: 'string' }, example: historyCsv },
          },
        },
        ...problems(
          'sign_in_required',
          'invalid_field',
          'unknown_field',
          'invalid_cursor',
          'internal_error',
          'sign_in_unavailable',
        ),
      },
    },
  },
}

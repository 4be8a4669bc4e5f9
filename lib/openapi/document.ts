import { z } from 'zod'
import { createDocument, type ZodOpenApiResponsesObject } from 'zod-openapi'
import { AdoptSessionInput } from '#lib/onramp/adopt.ts'
import { ListSessionsInput } from '#lib/onramp/list.ts'
import { CreatedSession, CreateSessionInput, OnrampSession, Quote, QuoteInput } from '#lib/onramp/schema.ts'
import { Receipt } from '#lib/receipts/schema.ts'

const ProblemBody = z
  .object({
    type: z.url(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    code: z.string().meta({ description: 'Stable; see docs/error-codes.md.' }),
    field: z.string().optional(),
  })
  .meta({ id: 'Problem' })

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: ProblemBody } },
})
const json = (description: string, schema: z.ZodType) => ({ description, content: { 'application/json': { schema } } })

const refusals: ZodOpenApiResponsesObject = {
  '400': problem('Malformed: no JSON, no idempotency key.'),
  '422': problem('A field is not valid; `field` names it.'),
  '503': problem('A provider does not answer. Nothing was charged; try again.'),
}
const absent: ZodOpenApiResponsesObject = { '404': problem('Absent, or not yours: the two look the same.') }
const id = z.object({ id: z.uuid() })

/** The public API, made from the schemas that the routes parse with. */
export function openApiDocument(serverUrl: string) {
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Causeway API',
      version: '1',
      description:
        'Amounts are decimal texts beside an asset or currency. Errors are RFC 9457 problems with a stable code.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: serverUrl }],
    components: {
      securitySchemes: {
        sessionSecret: {
          type: 'http',
          scheme: 'bearer',
          description: 'The secret that POST /onramp/sessions returned.',
        },
        accessToken: { type: 'http', scheme: 'bearer', description: 'A Supabase access token of a signed-in person.' },
      },
    },
    paths: {
      '/api/v1/onramp/quotes': {
        get: {
          operationId: 'quoteOnramp',
          summary: 'What a purchase would cost and bring now',
          requestParams: { query: QuoteInput },
          responses: { '200': json('A quote that holds for 60 seconds.', Quote), ...refusals },
        },
      },
      '/api/v1/onramp/sessions': {
        post: {
          operationId: 'createOnrampSession',
          summary: 'Begin a purchase',
          requestParams: { header: z.object({ 'Idempotency-Key': z.string().min(1).max(255) }) },
          requestBody: { content: { 'application/json': { schema: CreateSessionInput } } },
          responses: {
            '201': json(
              'The session and where to pay. A repeat with the same key has Idempotent-Replayed: true.',
              CreatedSession,
            ),
            ...refusals,
            '409': problem('The quote has expired, or the first request with this key still runs.'),
          },
        },
      },
      '/api/v1/onramp/sessions/{id}': {
        get: {
          operationId: 'getOnrampSession',
          summary: 'Where a purchase is',
          security: [{ sessionSecret: [] }, { accessToken: [] }],
          requestParams: { path: id },
          responses: {
            '200': json('The session.', OnrampSession),
            '304': { description: 'Unchanged since If-None-Match.' },
            ...absent,
          },
        },
      },
      '/api/v1/onramp/sessions/{id}/adoption': {
        post: {
          operationId: 'adoptOnrampSession',
          summary: "Take a guest's purchase into the signed-in account",
          security: [{ accessToken: [] }],
          requestParams: { path: id },
          requestBody: { content: { 'application/json': { schema: AdoptSessionInput } } },
          responses: {
            '204': { description: 'It is yours; its link keeps working.' },
            '401': problem('Sign in first.'),
            ...absent,
          },
        },
      },
      '/api/v1/onramp/history': {
        get: {
          operationId: 'listOnrampSessions',
          summary: 'Your purchases, newest first',
          security: [{ accessToken: [] }],
          requestParams: { query: ListSessionsInput.extend({ format: z.enum(['json', 'csv']).default('json') }) },
          responses: {
            '200': json(
              'A page; nextCursor is null at the end.',
              z.object({ items: z.array(OnrampSession), nextCursor: z.string().nullable() }),
            ),
            '401': problem('Sign in first.'),
          },
        },
      },
      '/api/v1/receipts/{id}': {
        get: {
          operationId: 'getReceipt',
          summary: 'A receipt, checked against the chain while it is read',
          security: [{ sessionSecret: [] }, { accessToken: [] }],
          requestParams: { path: id },
          responses: { '200': json('The receipt.', Receipt), ...absent },
        },
      },
      '/api/health': {
        get: {
          operationId: 'health',
          summary: 'Whether the app and its database answer',
          responses: {
            '200': json('Healthy.', z.object({ status: z.literal('ok'), at: z.iso.datetime() })),
            '503': problem('The database does not answer.'),
          },
        },
      },
    },
  })
}

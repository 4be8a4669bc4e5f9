import { z } from 'zod'
import type { ZodOpenApiPathsObject } from 'zod-openapi'
import { Health } from '#lib/health/schema.ts'
import { answer } from '#lib/openapi/answer.ts'
import { bodyRefusals, problems } from '#lib/openapi/problems.ts'
import { openToAll } from '#lib/openapi/security.ts'

const tags = ['Service']

const well = { status: 'ok', milliseconds: 12 } as const

/** Everything works, and the treasury is short of MUSD. */
const deepExample: z.output<typeof Health> = {
  status: 'degraded',
  at: '2026-11-21T10:00:00.000Z',
  checks: {
    database: well,
    queue: { ...well, waiting: 0, failed: 0, lagSeconds: 0 },
    chain: { mezo: { ...well, head: '8123456', ageSeconds: 3 }, base: { ...well, head: '31234567', ageSeconds: 1 } },
    rates: { ...well, pairs: 15, fresh: 15, held: 0, ageSeconds: 240 },
    stream: null,
    treasury: {
      ...well,
      status: 'degraded',
      network: 'mezo',
      native: '50000000000000000',
      nativeLow: '1000000000000000',
      assets: [
        { asset: 'MUSD', network: 'mezo', amount: '9500000000000000000000', low: '10000000000000000000000' },
        { asset: 'USDC', network: 'base', amount: '120000000000', low: '0' },
      ],
    },
    providers: { stripe: well, supabase: well, circle: well },
  },
}

const unwell = problems('internal_error', 'database_unavailable')
const away = unwell['503']
const refused = away && 'content' in away ? away : undefined

const Delivery = z
  .object({
    id: z.uuid().meta({ description: 'Where the event lies in our inbox.' }),
    duplicate: z.boolean().meta({ description: 'It was there already.' }),
  })
  .meta({ id: 'WebhookDelivery' })

const Document = z.looseObject({ openapi: z.string(), paths: z.record(z.string(), z.unknown()) })

/** The service itself: how it is, what it offers, and where the machines of others knock. */
export const servicePaths: ZodOpenApiPathsObject = {
  '/api/health': {
    get: {
      operationId: 'getHealth',
      tags,
      summary: 'See whether it is up',
      description:
        'Whether the app runs and reaches its database. With `deep=1` every part is looked at, at most once in ten seconds: the queue, the chains, the treasury, Stripe and Supabase. It is `down`, and the answer a 503, when nobody can buy or nothing moves.',
      security: openToAll,
      requestParams: {
        query: z.object({
          deep: z.literal('1').optional().meta({ description: 'Looks at every part.', example: '1' }),
        }),
      },
      responses: {
        ...unwell,
        '200': {
          description: 'It is up; `degraded` when a part is not well.',
          content: {
            'application/json': {
              schema: Health,
              examples: {
                shallow: { value: { status: 'ok', at: '2026-11-21T10:00:00.000Z' } },
                deep: { value: deepExample },
              },
            },
          },
        },
        '503': {
          ...refused,
          description: '`database_unavailable`; with `deep=1` the report, its status `down`.',
          content: {
            ...refused?.content,
            'application/json': { schema: Health, example: { ...deepExample, status: 'down' } },
          },
        },
      },
    },
  },
  '/api/openapi.json': {
    get: {
      operationId: 'getOpenApi',
      tags,
      summary: 'Read this document',
      description: 'This API as OpenAPI 3.1, for generators of clients.',
      security: openToAll,
      responses: {
        '200': answer('The document.', Document, { openapi: '3.1.0', paths: {} }),
      },
    },
  },
  '/api/webhooks/stripe': {
    post: {
      operationId: 'receiveStripeWebhook',
      tags,
      summary: 'Take an event of Stripe’s',
      description:
        'Stripe’s door, not yours. An event is stored before it is answered, and only then acted upon: we ask Stripe again for what it is about, so that a duplicate, late or reordered event changes nothing.',
      security: [{ stripeSignature: [] }],
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: z.looseObject({ id: z.string(), type: z.string() }),
            example: { id: 'evt_1QhY2e', object: 'event', type: 'crypto.onramp_session.updated', data: { object: {} } },
          },
        },
      },
      responses: {
        '200': answer('It is stored.', Delivery, { id: '0197a4c2-9b10-7d21-8c33-1f2e3d4c5b6a', duplicate: false }),
        ...problems('invalid_signature', 'invalid_json', ...bodyRefusals, 'internal_error'),
      },
    },
  },
  '/api/webhooks/circle': {
    head: {
      operationId: 'proveCircleWebhook',
      tags,
      summary: 'Answer that this address is here',
      description: 'Circle asks before it sends anything.',
      security: openToAll,
      responses: { '200': { description: 'It is.' } },
    },
    post: {
      operationId: 'receiveCircleWebhook',
      tags,
      summary: 'Take a notification of Circle’s',
      description:
        'Circle’s door, not yours. A notification is stored before it is answered, and only then acted upon: we ask Circle again for what it is about.',
      security: [{ circleSignature: [] }],
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: z.looseObject({ notificationId: z.string(), notificationType: z.string() }),
            example: {
              subscriptionId: '7b1f5a0e-2f3c-4a8e-9d17-5c0c0b6f3a11',
              notificationId: '2c4f8a4e-8a54-4e6b-9c43-0d3c1f5b7e90',
              notificationType: 'transactions.outbound',
              notification: { id: 'c4d1da72-111e-4d52-bdbf-2e74a2d803d5', state: 'COMPLETE' },
              timestamp: '2026-11-21T12:00:00Z',
              version: 2,
            },
          },
        },
      },
      responses: {
        '200': answer('It is stored.', Delivery, { id: '0197a4c2-9b10-7d21-8c33-1f2e3d4c5b6a', duplicate: false }),
        ...problems(
          'invalid_signature',
          'invalid_json',
          ...bodyRefusals,
          'circle_not_configured',
          'signer_unknown',
          'internal_error',
        ),
      },
    },
  },
}

import { z } from 'zod'
import type { ZodOpenApiPathsObject } from 'zod-openapi'
import { answer } from '#lib/openapi/answer.ts'
import { bodyRefusals, problems } from '#lib/openapi/problems.ts'
import { openToAll } from '#lib/openapi/security.ts'

const tags = ['Service']

const Health = z.object({ status: z.literal('ok'), at: z.iso.datetime() }).meta({ id: 'Health' })

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
      description: 'Whether the app runs and reaches its database.',
      security: openToAll,
      responses: {
        '200': answer('Both answer.', Health, { status: 'ok', at: '2026-11-21T10:00:00.000Z' }),
        ...problems('internal_error', 'database_unavailable'),
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
}

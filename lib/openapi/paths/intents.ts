import { z } from 'zod'
import type { ZodOpenApiPathsObject } from 'zod-openapi'
import { nextCursor } from '#lib/http/page.ts'
import { ListIntentsInput } from '#lib/intents/list.ts'
import { RefundInput } from '#lib/intents/refund.ts'
import {
  BatchAnswer,
  BatchInput,
  DecisionInput,
  Intent,
  IntentDetail,
  IntentRequest,
  Simulation,
  SimulationRequest,
} from '#lib/intents/schema.ts'
import {
  approved,
  cancelled,
  intentRequest,
  intentsCsv,
  proposed,
  refunded,
  settled,
  simulation,
} from '#lib/openapi/agent-examples.ts'
import { answer, textHeader } from '#lib/openapi/answer.ts'
import { idempotencyKeyHeader, idOf, ifNoneMatchHeader } from '#lib/openapi/paths/parameters.ts'
import {
  callerRefusals,
  idempotencyRefusals,
  jsonBodyRefusals,
  personRefusals,
  problems,
} from '#lib/openapi/problems.ts'
import { asEither, asPerson } from '#lib/openapi/security.ts'

const tags = ['Payments']
const id = idOf('payment', proposed.id)
const fieldRefusals = ['invalid_field', 'unknown_field', 'invalid_amount', 'invalid_address'] as const
const paymentRefusals = [
  'not_found',
  'wrong_state',
  'unknown_recipient',
  'ambiguous_recipient',
  'own_address',
  'lookalike_address',
  'wrong_network',
  'wrong_asset',
  'insufficient_balance',
  'key_limit_exceeded',
] as const
const replayed = textHeader('Set when this is the stored answer of the first request.', 'true')

const IntentPage = z.object({ intents: z.array(Intent), nextCursor }).meta({ id: 'IntentPage' })
const Query = ListIntentsInput.extend({
  format: z
    .enum(['json', 'csv'])
    .default('json')
    .meta({ description: 'csv is all of them in one file, at most 10,000.' }),
})
const { purpose: _, ...simulationRequest } = intentRequest

/** Payments: proposed by an agent or a person, judged by guards, decided by a person, followed to their end. */
export const intentPaths: ZodOpenApiPathsObject = {
  '/api/v1/intents': {
    post: {
      operationId: 'proposeIntent',
      tags,
      summary: 'Propose a payment',
      description:
        'The guards decide at once. `approved` goes on by itself, `needs_approval` waits up to 24 hours for the person, `denied` says in `guardResults` which guard refused and why. What is not denied holds its money and its share of every budget. Needs the scope `propose`.',
      security: asEither,
      requestParams: { header: idempotencyKeyHeader },
      requestBody: {
        required: true,
        content: { 'application/json': { schema: IntentRequest, example: intentRequest } },
      },
      responses: {
        '201': answer('The payment, with what each guard made of it.', Intent, proposed, {
          Location: textHeader('Where the payment is read.', `/api/v1/intents/${proposed.id}`),
          'Idempotent-Replayed': replayed,
        }),
        ...problems(
          ...jsonBodyRefusals,
          ...idempotencyRefusals,
          ...callerRefusals,
          'foreign_origin',
          ...fieldRefusals,
          ...paymentRefusals,
        ),
      },
    },
    get: {
      operationId: 'listIntents',
      tags,
      summary: 'List payments',
      description:
        'A person’s payments, or an agent’s own, newest first, by pages or as one file of CSV. Needs the scope `read`.',
      security: asEither,
      requestParams: { query: Query },
      responses: {
        '200': {
          description: 'A page of payments, or the file.',
          content: {
            'application/json': { schema: IntentPage, example: { intents: [proposed], nextCursor: null } },
            'text/csv': { schema: { type: 'string' }, example: intentsCsv },
          },
        },
        ...problems(...callerRefusals, 'invalid_field', 'unknown_field', 'invalid_cursor'),
      },
    },
  },
  '/api/v1/intents/simulate': {
    post: {
      operationId: 'simulateIntent',
      tags,
      summary: 'Ask what would become of a payment',
      description:
        'The same checks and the same guards as for a proposal, now. Nothing is written and nothing is held. Needs the scope `simulate`.',
      security: asEither,
      requestBody: {
        required: true,
        content: { 'application/json': { schema: SimulationRequest, example: simulationRequest } },
      },
      responses: {
        '200': answer('What would become of it.', Simulation, simulation),
        ...problems(...jsonBodyRefusals, ...callerRefusals, 'foreign_origin', ...fieldRefusals, ...paymentRefusals),
      },
    },
  },
  '/api/v1/intents/batch': {
    post: {
      operationId: 'proposeIntents',
      tags,
      summary: 'Propose several payments',
      description:
        'Up to fifty, in their order and in one transaction, each with a verdict of its own: one that is refused takes none of the others with it. What cannot be read is refused as a whole. Needs the scope `propose`.',
      security: asEither,
      requestParams: { header: idempotencyKeyHeader },
      requestBody: {
        required: true,
        content: { 'application/json': { schema: BatchInput, example: { intents: [intentRequest] } } },
      },
      responses: {
        '200': answer(
          'What became of each.',
          BatchAnswer,
          {
            results: [
              { intent: proposed, problem: null },
              {
                intent: null,
                problem: {
                  status: 422,
                  title: 'Not possible as it was asked',
                  detail: 'The wallet holds less than this, or has promised it to other payments.',
                  code: 'insufficient_balance',
                },
              },
            ],
          },
          { 'Idempotent-Replayed': replayed },
        ),
        ...problems(...jsonBodyRefusals, ...idempotencyRefusals, ...callerRefusals, 'foreign_origin', ...fieldRefusals),
      },
    },
  },
  '/api/v1/intents/{id}': {
    get: {
      operationId: 'getIntent',
      tags,
      summary: 'Follow a payment',
      description:
        'Its status, each change so far, each transfer with its hash, and its receipt. Ask again every few seconds while it moves, with the `ETag` of the last answer as `If-None-Match`; an unchanged payment is then answered with 304 and no body. Needs the scope `read`.',
      security: asEither,
      requestParams: { path: id, header: ifNoneMatchHeader },
      responses: {
        '200': answer('The payment.', IntentDetail, settled, { ETag: textHeader('The tag of this answer.', '"Zk3…"') }),
        '304': { description: 'Nothing has changed.' },
        ...problems(...callerRefusals, 'not_found'),
      },
    },
  },
  '/api/v1/intents/{id}/approval': {
    post: {
      operationId: 'decideIntent',
      tags,
      summary: 'Approve or deny a payment',
      description:
        'A signed-in person alone, by the `intentHash` of what they were shown: another recipient, amount, asset, network or wallet is another hash. `similar` also approves the like for 24 hours; guards that refuse still refuse.',
      security: asPerson,
      requestParams: { path: id },
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: DecisionInput,
            example: { decision: 'approve', intentHash: proposed.intentHash },
          },
        },
      },
      responses: {
        '200': answer('The payment as it now stands.', Intent, approved),
        ...problems(
          ...jsonBodyRefusals,
          ...personRefusals,
          'foreign_origin',
          'not_found',
          'wrong_state',
          'invalid_field',
          'unknown_field',
          'intent_changed',
        ),
      },
    },
  },
  '/api/v1/intents/{id}/cancellation': {
    post: {
      operationId: 'cancelIntent',
      tags,
      summary: 'Cancel a payment',
      description:
        'Ends a payment of which nothing has moved, and gives back what it held. Its person and its agent may; a key needs the scope `cancel`.',
      security: asEither,
      requestParams: { path: id },
      responses: {
        '200': answer('The payment as it now stands.', Intent, cancelled),
        ...problems(...callerRefusals, 'foreign_origin', 'not_found', 'wrong_state'),
      },
    },
  },
  '/api/v1/intents/{id}/refund': {
    post: {
      operationId: 'refundIntent',
      tags,
      summary: 'Link the transfer that brought a payment back',
      description:
        'The chain is read for it. It has to bring the whole amount from whoever was paid; the budgets then get back what the payment took. Linking it twice is linking it once.',
      security: asPerson,
      requestParams: { path: id },
      requestBody: {
        required: true,
        content: { 'application/json': { schema: RefundInput, example: { hash: `0x${'4d'.repeat(32)}` } } },
      },
      responses: {
        '200': answer('The payment as it now stands.', IntentDetail, refunded),
        ...problems(
          ...jsonBodyRefusals,
          ...personRefusals,
          'foreign_origin',
          'not_found',
          'wrong_state',
          'invalid_field',
          'unknown_field',
          'refund_differs',
          'refund_not_final',
        ),
      },
    },
  },
}

import { z } from 'zod'
import type { ZodOpenApiPathsObject } from 'zod-openapi'
import { nextCursor } from '#lib/http/page.ts'
import { answer, textHeader } from '#lib/openapi/answer.ts'
import { idempotencyKeyHeader, idOf } from '#lib/openapi/paths/parameters.ts'
import { idempotencyRefusals, jsonBodyRefusals, pageRefusals, personRefusals, problems } from '#lib/openapi/problems.ts'
import { alertWebhook, armedAlert, cancelledAlert, createdAlert, toldAlert } from '#lib/openapi/rate-alert-examples.ts'
import { asPerson } from '#lib/openapi/security.ts'
import {
  CreatedRateAlert,
  CreateRateAlertInput,
  ListRateAlertsInput,
  RateAlert,
  RateAlertWebhook,
  WebhookSecret,
  WebhookTest,
} from '#lib/rates/alerts/schema.ts'

const tags = ['Rates']
const id = idOf('price alert', armedAlert.id)
const RateAlertPage = z.object({ alerts: z.array(RateAlert), nextCursor }).meta({ id: 'RateAlertPage' })

/** Being told when a price reaches a line. */
export const rateAlertPaths: ZodOpenApiPathsObject = {
  '/api/v1/rates/alerts': {
    get: {
      operationId: 'listRateAlerts',
      tags,
      summary: 'List price alerts',
      description: 'What a person wants to be told of, and what became of it, newest first, by pages.',
      security: asPerson,
      requestParams: { query: ListRateAlertsInput },
      responses: {
        '200': answer('A page of price alerts.', RateAlertPage, { alerts: [armedAlert], nextCursor: null }),
        ...problems(...personRefusals, ...pageRefusals),
      },
    },
    post: {
      operationId: 'createRateAlert',
      tags,
      summary: 'Be told when a price reaches a line',
      description:
        'Once: the price that reaches it, or goes past it, ends the alert. It is compared with each price as it is read, every ten minutes. A webhook may come twice, with the same `webhook-id`; answer it with a 2xx within ten seconds, and check its signature as [Standard Webhooks](https://www.standardwebhooks.com) has it.',
      security: asPerson,
      requestParams: { header: idempotencyKeyHeader },
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: CreateRateAlertInput,
            example: {
              base: 'BTC',
              quote: 'USD',
              direction: 'rises_to',
              price: '120000',
              channel: 'webhook',
              url: 'https://example.com/hooks/rates',
            },
          },
        },
      },
      callbacks: {
        reached: {
          '{$request.body#/url}': {
            post: {
              operationId: 'rateAlertReached',
              summary: 'The price reached the line',
              requestBody: {
                content: { 'application/json': { schema: RateAlertWebhook, example: alertWebhook } },
              },
              responses: {
                '2XX': { description: 'Taken. Anything else is tried again, eight times in 21 hours; 410 is not.' },
              },
            },
          },
        },
      },
      responses: {
        '201': answer('The price alert.', CreatedRateAlert, createdAlert, {
          Location: textHeader('Where the alert is read.', `/api/v1/rates/alerts/${armedAlert.id}`),
          'Idempotent-Replayed': textHeader('Set when the alert had been made by the first request.', 'true'),
        }),
        ...problems(
          ...jsonBodyRefusals,
          ...personRefusals,
          ...idempotencyRefusals,
          'foreign_origin',
          'forbidden',
          'invalid_field',
          'unknown_field',
          'rate_reached',
          'rate_missing',
          'rate_stale',
          'email_needed',
          'channel_unavailable',
          'webhook_refused',
          'too_many_rate_alerts',
        ),
      },
    },
  },
  '/api/v1/rates/alerts/{id}': {
    get: {
      operationId: 'getRateAlert',
      tags,
      summary: 'Look at a price alert',
      description: 'What it waits for, the price that reached it, and how telling you went.',
      security: asPerson,
      requestParams: { path: id },
      responses: {
        '200': answer('The price alert.', RateAlert, toldAlert),
        ...problems(...personRefusals, 'not_found'),
      },
    },
  },
  '/api/v1/rates/alerts/{id}/cancellation': {
    post: {
      operationId: 'cancelRateAlert',
      tags,
      summary: 'End a price alert',
      description: 'Refused once the price was there.',
      security: asPerson,
      requestParams: { path: id },
      responses: {
        '200': answer('The price alert as it now stands.', RateAlert, cancelledAlert),
        ...problems(...personRefusals, 'foreign_origin', 'not_found', 'wrong_state'),
      },
    },
  },
  '/api/v1/rates/alerts/{id}/secret': {
    post: {
      operationId: 'renewRateAlertSecret',
      tags,
      summary: 'Get a new secret for webhooks',
      description:
        'All of your alerts to the same address are signed with it from now on. The one before signs nothing more.',
      security: asPerson,
      requestParams: { path: id },
      responses: {
        '200': answer('The secret, shown this once.', WebhookSecret, { secret: createdAlert.secret ?? '' }),
        ...problems(...personRefusals, 'foreign_origin', 'not_found', 'wrong_state'),
      },
    },
  },
  '/api/v1/rates/alerts/{id}/test': {
    post: {
      operationId: 'testRateAlert',
      tags,
      summary: 'Send a test webhook',
      description:
        'Posts a `rate_alert.test` to where the alert is told, and answers how that went. At most six a minute.',
      security: asPerson,
      requestParams: { path: id },
      responses: {
        '200': answer('How it went.', WebhookTest, { taken: true, detail: 'It answered 204.' }),
        ...problems(...personRefusals, 'foreign_origin', 'not_found', 'wrong_state'),
      },
    },
  },
}

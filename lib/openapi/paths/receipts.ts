import { z } from 'zod'
import type { ZodOpenApiPathsObject } from 'zod-openapi'
import { answer } from '#lib/openapi/answer.ts'
import { receipt } from '#lib/openapi/examples.ts'
import { problems } from '#lib/openapi/problems.ts'
import { asEither, asGuest } from '#lib/openapi/security.ts'
import { AnyReceipt } from '#lib/receipts/schema.ts'

/** Receipts: what proves a purchase or a payment. */
export const receiptPaths: ZodOpenApiPathsObject = {
  '/api/v1/receipts/{id}': {
    get: {
      operationId: 'getReceipt',
      tags: ['Receipts'],
      summary: 'Read a receipt and check it on chain',
      description:
        'The transfer is read on chain while you ask: `verification.verified` means that its log was just seen, with this amount, to this wallet, deep enough. The id is in a delivered session’s `receiptUrl`, and in a settled payment’s `receiptId`.',
      security: [...asGuest, ...asEither],
      requestParams: {
        path: z.object({ id: z.uuid().meta({ description: 'The id of the receipt.', example: receipt.id }) }),
      },
      responses: {
        '200': answer('The receipt.', AnyReceipt, receipt),
        ...problems(
          'invalid_api_key',
          'forbidden',
          'not_found',
          'rate_limited',
          'internal_error',
          'sign_in_unavailable',
        ),
      },
    },
  },
}

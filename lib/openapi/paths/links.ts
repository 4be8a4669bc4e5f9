import { z } from 'zod'
import type { ZodOpenApiPathsObject } from 'zod-openapi'
import { nextCursor } from '#lib/http/page.ts'
import { SignatureInput } from '#lib/intents/record-signature.ts'
import { Intent } from '#lib/intents/schema.ts'
import { SignatureRequest } from '#lib/intents/signature-request.ts'
import { ListLinksInput } from '#lib/links/list.ts'
import { AssignPaymentInput, CreateLinkInput, Link, OwnLink } from '#lib/links/schema.ts'
import { answer, textHeader } from '#lib/openapi/answer.ts'
import {
  linksCsvExample,
  openLink,
  ownCancelledLink,
  ownOpenLink,
  ownPaidLink,
  paidLink,
  paymentId,
  signed,
  toSign,
} from '#lib/openapi/link-examples.ts'
import { idempotencyKeyHeader, idOf, ifNoneMatchHeader } from '#lib/openapi/paths/parameters.ts'
import { idempotencyRefusals, jsonBodyRefusals, pageRefusals, personRefusals, problems } from '#lib/openapi/problems.ts'
import { asPerson, openToAll } from '#lib/openapi/security.ts'

const tags = ['Links']
const id = idOf('link', openLink.id)
const LinkPage = z.object({ links: z.array(OwnLink), nextCursor }).meta({ id: 'LinkPage' })
const LinksInput = ListLinksInput.extend({
  format: z
    .enum(['json', 'csv'])
    .default('json')
    .meta({ description: 'csv is all of them in one file, at most 10,000.' }),
})

/** Payment links, and what a person's own wallet signs. */
export const linkPaths: ZodOpenApiPathsObject = {
  '/api/v1/links': {
    get: {
      operationId: 'listLinks',
      tags,
      summary: 'List payment links',
      description: 'What a person asked others to pay, newest first, by pages or as one file of CSV.',
      security: asPerson,
      requestParams: { query: LinksInput },
      responses: {
        '200': {
          description: 'A page of links, or the file.',
          content: {
            'application/json': { schema: LinkPage, example: { links: [ownPaidLink], nextCursor: null } },
            'text/csv': { schema: { type: 'string' }, example: linksCsvExample },
          },
        },
        ...problems(...personRefusals, ...pageRefusals),
      },
    },
    post: {
      operationId: 'createLink',
      tags,
      summary: 'Ask to be paid',
      description:
        'Makes a link into one of your wallets, for an amount or for any. Whoever has it may pay from any wallet, on its page or by the code on it; the chain is watched, and only the token’s own Transfer to its address counts.',
      security: asPerson,
      requestParams: { header: idempotencyKeyHeader },
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: CreateLinkInput,
            example: { walletId: ownOpenLink.walletId, asset: 'USDC', amount: '25.00', note: 'Invoice 7' },
          },
        },
      },
      responses: {
        '201': answer('The link.', OwnLink, ownOpenLink, {
          Location: textHeader('Where the link is read.', `/api/v1/links/${openLink.id}`),
          'Idempotent-Replayed': textHeader('Set when the link had been made by the first request.', 'true'),
        }),
        ...problems(
          ...jsonBodyRefusals,
          ...personRefusals,
          ...idempotencyRefusals,
          'foreign_origin',
          'not_found',
          'wrong_state',
          'invalid_field',
          'unknown_field',
          'invalid_amount',
          'wrong_asset',
          'invalid_expiry',
          'link_not_distinct',
          'too_many_links',
        ),
      },
    },
  },
  '/api/v1/links/{id}': {
    get: {
      operationId: 'getLink',
      tags,
      summary: 'Look at a payment link',
      description:
        'What is asked for, where it is to be paid, and what came. Whoever has the id may look. Ask again every few seconds while somebody waits; an unchanged link is answered with 304 to its ETag.',
      security: openToAll,
      requestParams: { path: id, header: ifNoneMatchHeader },
      responses: {
        '200': answer('The link.', Link, paidLink, { ETag: textHeader('The tag of this answer.', '"Zk3…"') }),
        '304': { description: 'Nothing has changed.' },
        ...problems('not_found', 'rate_limited', 'internal_error'),
      },
    },
  },
  '/api/v1/links/{id}/cancellation': {
    post: {
      operationId: 'cancelLink',
      tags,
      summary: 'End a payment link',
      description:
        'Its page then asks nobody to pay. Money that comes all the same is in the wallet, and is shown as late. Refused while a payment is arriving.',
      security: asPerson,
      requestParams: { path: id },
      responses: {
        '200': answer('The link as it now stands.', OwnLink, ownCancelledLink),
        ...problems(...personRefusals, 'foreign_origin', 'not_found', 'wrong_state'),
      },
    },
  },
  '/api/v1/links/{id}/payments': {
    post: {
      operationId: 'assignPayment',
      tags,
      summary: 'Say that a payment was for this link',
      description:
        'For one of its unassigned payments: it came to the same address, is final, and its amount is asked for by no open link. It then counts for this one and for no other.',
      security: asPerson,
      requestParams: { path: id },
      requestBody: {
        required: true,
        content: { 'application/json': { schema: AssignPaymentInput, example: { paymentId } } },
      },
      responses: {
        '200': answer('The link as it now stands.', OwnLink, ownPaidLink),
        ...problems(
          ...jsonBodyRefusals,
          ...personRefusals,
          'foreign_origin',
          'not_found',
          'wrong_state',
          'invalid_field',
          'unknown_field',
        ),
      },
    },
  },
  '/api/v1/intents/{id}/signature': {
    get: {
      operationId: 'getSignatureRequest',
      tags: ['Payments'],
      summary: 'See what your wallet has to sign',
      description:
        'For a payment from a wallet of your own that waits for it: exactly the transfer that is to be signed.',
      security: asPerson,
      requestParams: { path: idOf('payment', signed.id) },
      responses: {
        '200': answer('The transfer to sign.', SignatureRequest, toSign),
        ...problems(...personRefusals, 'not_found', 'wrong_state'),
      },
    },
    post: {
      operationId: 'recordSignature',
      tags: ['Payments'],
      summary: 'Name the transaction that your wallet sent',
      description:
        'The payment is on its way from then on and cannot be cancelled. Only the token’s Transfer on chain settles it, of exactly this amount to exactly this address, also when the wallet sends it again under another hash, and also when nobody names it.',
      security: asPerson,
      requestParams: { path: idOf('payment', signed.id) },
      requestBody: {
        required: true,
        content: { 'application/json': { schema: SignatureInput, example: { hash: `0x${'5f'.repeat(32)}` } } },
      },
      responses: {
        '200': answer('The payment as it now stands.', Intent, signed),
        ...problems(
          ...jsonBodyRefusals,
          ...personRefusals,
          'foreign_origin',
          'not_found',
          'wrong_state',
          'invalid_field',
          'unknown_field',
          'too_many_signatures',
        ),
      },
    },
  },
}

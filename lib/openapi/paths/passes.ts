import { z } from 'zod'
import type { ZodOpenApiPathsObject } from 'zod-openapi'
import { QrInput } from '#lib/codes/qr.ts'
import { CreateCodeInput, InviteCode, OwnCodes, RedeemCodeInput } from '#lib/codes/schema.ts'
import { nextCursor, PageInput } from '#lib/http/page.ts'
import { answer, textHeader } from '#lib/openapi/answer.ts'
import {
  issuedCode,
  ownCode,
  ownPasses,
  passTermsExample,
  profile,
  qrExample,
  redeemed,
  revokedCode,
} from '#lib/openapi/pass-examples.ts'
import { idempotencyKeyHeader, idOf } from '#lib/openapi/paths/parameters.ts'
import { idempotencyRefusals, jsonBodyRefusals, pageRefusals, personRefusals, problems } from '#lib/openapi/problems.ts'
import { asPerson, openToAll } from '#lib/openapi/security.ts'
import { OwnPasses, Pass, PassTerms } from '#lib/passes/schema.ts'
import { AccountEmail, AddEmailInput, ConfirmEmailInput, Profile, ProfileInput } from '#lib/profiles/schema.ts'

const tags = ['Passes']
const id = idOf('code', ownCode.id)
const CodePage = z.object({ codes: z.array(InviteCode), nextCursor }).meta({ id: 'InviteCodePage' })
const nameBody = {
  required: true,
  content: { 'application/json': { schema: ProfileInput, example: { name: profile.name } } },
} as const
const fieldRefusals = ['invalid_field', 'unknown_field'] as const
const emailRefusals = ['foreign_origin', 'wrong_state', 'invalid_email'] as const
const accountEmail = { email: 'ada@example.com' }

/** Who may enter the rooms: guests and their names, passes, and the codes by which friends get in. */
export const passPaths: ZodOpenApiPathsObject = {
  '/api/v1/guests': {
    post: {
      operationId: 'beginAsGuest',
      tags,
      summary: 'Begin as a guest',
      description:
        'Makes an account of your own with nothing but a name, and keeps its session in the cookie, as signing in does. Whoever has signed in already stays who they are, and takes the name.',
      security: [...openToAll, ...asPerson],
      requestBody: nameBody,
      responses: {
        '201': answer('Your name in the rooms.', Profile, profile, {
          'Set-Cookie': textHeader('The session.', 'causeway-session=…; Path=/; HttpOnly; SameSite=Lax'),
        }),
        ...problems(
          ...jsonBodyRefusals,
          ...fieldRefusals,
          'foreign_origin',
          'sign_in_method_off',
          'rate_limited',
          'internal_error',
          'sign_in_unavailable',
        ),
      },
    },
  },
  '/api/v1/profile': {
    put: {
      operationId: 'setProfile',
      tags,
      summary: 'Change your name in the rooms',
      description: 'By what name others meet you. It replaces the one you had.',
      security: asPerson,
      requestBody: nameBody,
      responses: {
        '200': answer('Your name in the rooms.', Profile, profile),
        ...problems(...jsonBodyRefusals, ...personRefusals, ...fieldRefusals, 'foreign_origin'),
      },
    },
  },
  '/api/v1/profile/email': {
    post: {
      operationId: 'addEmail',
      tags,
      summary: 'Keep a guest’s account by an email',
      description:
        'Sends a code to the address, by which a guest keeps their account, with all that is in it, and comes back on another device. Answers alike whether or not the address has an account; one that has gets no code.',
      security: asPerson,
      requestBody: {
        required: true,
        content: { 'application/json': { schema: AddEmailInput, example: accountEmail } },
      },
      responses: {
        '202': answer('Where the code was sent.', AccountEmail, accountEmail),
        ...problems(...jsonBodyRefusals, ...personRefusals, ...fieldRefusals, ...emailRefusals),
      },
    },
  },
  '/api/v1/profile/email/confirmation': {
    post: {
      operationId: 'confirmEmail',
      tags,
      summary: 'Confirm the email of an account',
      description: 'By the code that came. The account stays the same, and is no guest’s from then on.',
      security: asPerson,
      requestBody: {
        required: true,
        content: { 'application/json': { schema: ConfirmEmailInput, example: { ...accountEmail, code: '123456' } } },
      },
      responses: {
        '200': answer('The address.', AccountEmail, accountEmail),
        ...problems(
          ...jsonBodyRefusals,
          ...personRefusals,
          ...fieldRefusals,
          ...emailRefusals,
          'invalid_code',
          'code_refused',
        ),
      },
    },
  },
  '/api/v1/passes': {
    get: {
      operationId: 'listPasses',
      tags,
      summary: 'See what you own',
      description:
        'Whether you may enter the rooms, until when, your passes with what paid for them, and your last orders.',
      security: asPerson,
      responses: {
        '200': answer('What you own.', OwnPasses, ownPasses),
        ...problems(...personRefusals),
      },
    },
  },
  '/api/v1/passes/terms': {
    get: {
      operationId: 'getPassTerms',
      tags,
      summary: 'Ask what a pass costs',
      description: 'By card and by wallet, how long it holds, and how many friends its code lets in.',
      security: openToAll,
      responses: {
        '200': answer('The terms.', PassTerms, passTermsExample),
        ...problems('rate_limited', 'internal_error'),
      },
    },
  },
  '/api/v1/codes': {
    get: {
      operationId: 'listOwnCodes',
      tags,
      summary: 'See your codes',
      description:
        'The code that came with your pass, how many uses are left and who used it. Whoever came in by a code gets their own after some calls that lasted long enough; how many count so far stands beside it.',
      security: asPerson,
      responses: {
        '200': answer('Your codes.', OwnCodes, { codes: [ownCode], callsCounted: null, callsNeeded: 4 }),
        ...problems(...personRefusals),
      },
    },
  },
  '/api/v1/codes/redemptions': {
    post: {
      operationId: 'redeemCode',
      tags,
      summary: 'Come in by a friend’s code',
      description:
        'Takes one of its uses and gives you a pass, or changes nothing. A code lets each person in once; a code that is none is counted, and whoever guesses soon waits.',
      security: asPerson,
      requestBody: {
        required: true,
        content: { 'application/json': { schema: RedeemCodeInput, example: { code: ownCode.code } } },
      },
      responses: {
        '201': answer('Your pass.', Pass, redeemed),
        ...problems(
          ...jsonBodyRefusals,
          ...personRefusals,
          ...fieldRefusals,
          'foreign_origin',
          'not_found',
          'wrong_state',
          'suspended',
          'code_own',
          'code_used',
          'code_revoked',
          'code_expired',
          'code_exhausted',
        ),
      },
    },
  },
  '/api/v1/codes/{id}/revocation': {
    post: {
      operationId: 'revokeCode',
      tags,
      summary: 'Revoke a code',
      description:
        'It lets nobody in any more, for good; whoever came in by it stays. One of yours, or as an operator anybody’s.',
      security: asPerson,
      requestParams: { path: id },
      responses: {
        '200': answer('The code as it now stands.', InviteCode, revokedCode),
        ...problems(...personRefusals, 'foreign_origin', 'not_found'),
      },
    },
  },
  '/api/v1/codes/{id}/qr': {
    get: {
      operationId: 'getCodeQr',
      tags,
      summary: 'Get the QR code of your code',
      description: 'A picture that opens the page on which a friend uses your code.',
      security: asPerson,
      requestParams: { path: id, query: QrInput },
      responses: {
        '200': {
          description: 'The picture.',
          content: {
            'image/svg+xml': { schema: { type: 'string' }, example: qrExample },
            'image/png': { schema: { type: 'string', contentEncoding: 'base64' }, example: 'iVBORw0KGgo=' },
          },
        },
        ...problems(...personRefusals, ...fieldRefusals, 'not_found'),
      },
    },
  },
  '/api/v1/codes/issued': {
    get: {
      operationId: 'listIssuedCodes',
      tags,
      summary: 'List the codes that operators made',
      description: 'For operators: newest first, by pages.',
      security: asPerson,
      requestParams: { query: PageInput },
      responses: {
        '200': answer('A page of codes.', CodePage, { codes: [issuedCode], nextCursor: null }),
        ...problems(...personRefusals, ...pageRefusals, 'forbidden'),
      },
    },
    post: {
      operationId: 'createCode',
      tags,
      summary: 'Make a code as an operator',
      description:
        'For operators: lets up to a hundred people in, ends within a year, and is written down in the audit. An operator makes twenty a day at most.',
      security: asPerson,
      requestParams: { header: idempotencyKeyHeader },
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: CreateCodeInput,
            example: { maxUses: 20, expiresAt: '2026-12-24T18:00:00Z', note: 'Opening night' },
          },
        },
      },
      responses: {
        '201': answer('The code.', InviteCode, issuedCode, {
          'Idempotent-Replayed': textHeader('Set when the code had been made by the first request.', 'true'),
        }),
        ...problems(
          ...jsonBodyRefusals,
          ...personRefusals,
          ...idempotencyRefusals,
          ...fieldRefusals,
          'foreign_origin',
          'forbidden',
          'invalid_uses',
          'invalid_expiry',
          'too_many_codes',
        ),
      },
    },
  },
}

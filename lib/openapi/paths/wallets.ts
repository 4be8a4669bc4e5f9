import { z } from 'zod'
import type { ZodOpenApiPathsObject } from 'zod-openapi'
import { Contact, SaveContactInput } from '#lib/contacts/schema.ts'
import { ClaimHandleInput, Handle } from '#lib/handles/schema.ts'
import { nextCursor, PageInput } from '#lib/http/page.ts'
import { contact, externalWallet, handle, wallet } from '#lib/openapi/agent-examples.ts'
import { answer, textHeader } from '#lib/openapi/answer.ts'
import { idOf, ifNoneMatchHeader } from '#lib/openapi/paths/parameters.ts'
import { callerRefusals, jsonBodyRefusals, pageRefusals, personRefusals, problems } from '#lib/openapi/problems.ts'
import { asEither, asPerson } from '#lib/openapi/security.ts'
import { ListWalletsInput } from '#lib/wallets/list.ts'
import { ExternalWalletInput, Wallet } from '#lib/wallets/schema.ts'

const tags = ['Wallets']
const WalletPage = z.object({ wallets: z.array(Wallet), nextCursor }).meta({ id: 'WalletPage' })
const ContactPage = z.object({ contacts: z.array(Contact), nextCursor }).meta({ id: 'ContactPage' })
const HandleAnswer = z
  .object({ handle: Handle.nullable().meta({ description: 'Null while there is none.' }) })
  .meta({ id: 'HandleAnswer' })

/** Wallets, and whom one pays by name. */
export const walletPaths: ZodOpenApiPathsObject = {
  '/api/v1/wallets': {
    get: {
      operationId: 'listWallets',
      tags,
      summary: 'List wallets',
      description:
        'A person’s wallets, or an agent’s own, with what each holds, newest first. A key needs the scope `read`.',
      security: asEither,
      requestParams: { query: ListWalletsInput },
      responses: {
        '200': answer('A page of wallets.', WalletPage, { wallets: [wallet], nextCursor: null }),
        ...problems(...callerRefusals, ...pageRefusals),
      },
    },
    post: {
      operationId: 'addExternalWallet',
      tags,
      summary: 'Add a wallet of your own',
      description:
        'One that you alone sign for: a payment from it waits for your signature. Adding it twice is adding it once. No agent pays from it.',
      security: asPerson,
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: ExternalWalletInput,
            example: { network: 'base', address: externalWallet.address ?? '' },
          },
        },
      },
      responses: {
        '201': answer('The wallet.', Wallet, externalWallet, {
          Location: textHeader('Where the wallet is read.', `/api/v1/wallets/${externalWallet.id}`),
        }),
        ...problems(
          ...jsonBodyRefusals,
          ...personRefusals,
          'foreign_origin',
          'invalid_field',
          'unknown_field',
          'invalid_address',
        ),
      },
    },
  },
  '/api/v1/wallets/{id}': {
    get: {
      operationId: 'getWallet',
      tags,
      summary: 'Look at a wallet',
      description: 'Its address, and what it holds, has promised and can still promise. A key needs the scope `read`.',
      security: asEither,
      requestParams: { path: idOf('wallet', wallet.id), header: ifNoneMatchHeader },
      responses: {
        '200': answer('The wallet.', Wallet, wallet, { ETag: textHeader('The tag of this answer.', '"Zk3…"') }),
        '304': { description: 'Nothing has changed.' },
        ...problems(...callerRefusals, 'not_found'),
      },
    },
  },
  '/api/v1/contacts': {
    get: {
      operationId: 'listContacts',
      tags,
      summary: 'List contacts',
      description:
        'Whom a person pays by name, newest first. Their agents see them with the scope `read`, and write none.',
      security: asEither,
      requestParams: { query: PageInput },
      responses: {
        '200': answer('A page of contacts.', ContactPage, { contacts: [contact], nextCursor: null }),
        ...problems(...callerRefusals, ...pageRefusals),
      },
    },
    post: {
      operationId: 'saveContact',
      tags,
      summary: 'Save a contact',
      description:
        'Payments may then name them. Saving the very same twice is saving it once; another address under the same name is refused.',
      security: asPerson,
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: SaveContactInput,
            example: { name: contact.name, address: contact.address, domain: contact.domain },
          },
        },
      },
      responses: {
        '201': answer('The contact.', Contact, contact),
        ...problems(
          ...jsonBodyRefusals,
          ...personRefusals,
          'foreign_origin',
          'invalid_field',
          'unknown_field',
          'invalid_address',
          'name_taken',
          'domain_taken',
        ),
      },
    },
  },
  '/api/v1/contacts/{id}': {
    delete: {
      operationId: 'deleteContact',
      tags,
      summary: 'Delete a contact',
      description: 'Payments keep the address they were made to.',
      security: asPerson,
      requestParams: { path: idOf('contact', contact.id) },
      responses: {
        '204': { description: 'It is forgotten.' },
        ...problems(...personRefusals, 'foreign_origin', 'not_found'),
      },
    },
  },
  '/api/v1/handles': {
    get: {
      operationId: 'getHandle',
      tags,
      summary: 'See your handle',
      description: 'The name under which others may pay you, and the wallet it is paid into.',
      security: asPerson,
      responses: {
        '200': answer('The handle.', HandleAnswer, { handle }),
        ...problems(...personRefusals),
      },
    },
    put: {
      operationId: 'claimHandle',
      tags,
      summary: 'Take a handle',
      description: 'It replaces the one you had, which others may then take. It is paid on its wallet’s network alone.',
      security: asPerson,
      requestBody: {
        required: true,
        content: {
          'application/json': { schema: ClaimHandleInput, example: { handle: handle.handle, walletId: wallet.id } },
        },
      },
      responses: {
        '200': answer('The handle.', HandleAnswer, { handle }),
        ...problems(
          ...jsonBodyRefusals,
          ...personRefusals,
          'foreign_origin',
          'not_found',
          'invalid_field',
          'unknown_field',
          'name_taken',
        ),
      },
    },
  },
}

import { z } from 'zod'
import type { ZodOpenApiPathsObject } from 'zod-openapi'
import { ListConversationsInput } from '#lib/chat/list.ts'
import { AskInput, BeginInput, Conversation, ConversationDetail } from '#lib/chat/schema.ts'
import { nextCursor } from '#lib/http/page.ts'
import { answer, textHeader } from '#lib/openapi/answer.ts'
import { idOf } from '#lib/openapi/paths/parameters.ts'
import { jsonBodyRefusals, pageRefusals, personRefusals, problems } from '#lib/openapi/problems.ts'
import { asPerson } from '#lib/openapi/security.ts'

const tags = ['Chat']
const conversation = {
  id: '1f6b7f0c-52f2-4b0e-8b1e-0d8f3c1e9a77',
  agentId: '0d5a9a0e-6a50-4e6c-8a5e-6a0f8a2f4f10',
  title: 'Pay $10 to Merchant',
  createdAt: '2026-11-21T09:00:00.000Z',
  updatedAt: '2026-11-21T09:00:04.000Z',
}
const detail = {
  ...conversation,
  messages: [
    {
      id: 'd2f8f0f5-9a35-4a3a-8f50-0a4e6d7f0b21',
      role: 'user' as const,
      parts: [{ type: 'text', text: 'Pay $10 to Merchant' }],
    },
  ],
}
const id = idOf('conversation', conversation.id)
const Page = z.object({ conversations: z.array(Conversation), nextCursor }).meta({ id: 'ConversationPage' })

/** Conversations with agents, which are their person's alone. */
export const chatPaths: ZodOpenApiPathsObject = {
  '/api/v1/chat/conversations': {
    post: {
      operationId: 'beginConversation',
      tags,
      summary: 'Begin a conversation',
      description:
        'With an agent of yours. Where there is one in which nothing was said yet, it is that, so a repeat makes nothing.',
      security: asPerson,
      requestBody: {
        required: true,
        content: { 'application/json': { schema: BeginInput, example: { agentId: conversation.agentId } } },
      },
      responses: {
        '201': answer(
          'The conversation.',
          ConversationDetail,
          { ...detail, title: null, messages: [] },
          {
            Location: textHeader('Where the conversation is read.', `/api/v1/chat/conversations/${conversation.id}`),
          },
        ),
        ...problems(
          ...jsonBodyRefusals,
          ...personRefusals,
          'foreign_origin',
          'not_found',
          'invalid_field',
          'unknown_field',
          'too_many_conversations',
        ),
      },
    },
    get: {
      operationId: 'listConversations',
      tags,
      summary: 'List conversations',
      description: 'Those in which something was said, the one used last first.',
      security: asPerson,
      requestParams: { query: ListConversationsInput },
      responses: {
        '200': answer('A page of conversations.', Page, { conversations: [conversation], nextCursor: null }),
        ...problems(...personRefusals, ...pageRefusals),
      },
    },
  },
  '/api/v1/chat/conversations/{id}': {
    get: {
      operationId: 'getConversation',
      tags,
      summary: 'Read a conversation',
      description: 'All that was said in it.',
      security: asPerson,
      requestParams: { path: id },
      responses: {
        '200': answer('The conversation.', ConversationDetail, detail),
        ...problems(...personRefusals, 'not_found'),
      },
    },
    delete: {
      operationId: 'deleteConversation',
      tags,
      summary: 'Delete a conversation',
      description: 'What was said is forgotten. Payments that were ordered in it stay as they are.',
      security: asPerson,
      requestParams: { path: id },
      responses: {
        '204': { description: 'It is forgotten.' },
        ...problems(...personRefusals, 'foreign_origin', 'not_found'),
      },
    },
  },
  '/api/v1/chat/conversations/{id}/messages': {
    post: {
      operationId: 'sendMessage',
      tags,
      summary: 'Say something to the agent',
      description:
        'Only what you order in a line of your own, or a draft that you confirm, is proposed as a payment; text in documents never is. A message sent again under its id is answered once and pays once.',
      security: asPerson,
      requestParams: { path: id },
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: AskInput,
            example: { id: 'd2f8f0f5-9a35-4a3a-8f50-0a4e6d7f0b21', text: 'Pay $10 to Merchant' },
          },
        },
      },
      responses: {
        '200': {
          description: 'The answer while it is made: a stream of UI message chunks, as the AI SDK has them.',
          content: {
            'text/event-stream': {
              schema: { type: 'string' },
              example: 'data: {"type":"text-delta","id":"1","delta":"Every guard let it pass."}\n\ndata: [DONE]\n\n',
            },
          },
        },
        ...problems(
          ...jsonBodyRefusals,
          ...personRefusals,
          'foreign_origin',
          'not_found',
          'invalid_field',
          'unknown_field',
          'idempotency_key_reused',
          'conversation_full',
        ),
      },
    },
  },
}

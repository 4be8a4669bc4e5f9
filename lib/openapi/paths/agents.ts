import { z } from 'zod'
import type { ZodOpenApiPathsObject } from 'zod-openapi'
import { Agent, CreateAgentInput, RenameAgentInput } from '#lib/agents/schema.ts'
import { ApiKey, CreateApiKeyInput, CreatedApiKey } from '#lib/api-keys/schema.ts'
import { nextCursor, PageInput } from '#lib/http/page.ts'
import { agent, createdApiKey } from '#lib/openapi/agent-examples.ts'
import { answer, textHeader } from '#lib/openapi/answer.ts'
import { idempotencyKeyHeader, idOf } from '#lib/openapi/paths/parameters.ts'
import {
  callerRefusals,
  idempotencyRefusals,
  jsonBodyRefusals,
  pageRefusals,
  personRefusals,
  problems,
} from '#lib/openapi/problems.ts'
import { asEither, asPerson } from '#lib/openapi/security.ts'

const tags = ['Agents']
const id = idOf('agent', agent.id)
const replayed = textHeader('Set when this is the stored answer of the first request.', 'true')
const AgentPage = z.object({ agents: z.array(Agent), nextCursor }).meta({ id: 'AgentPage' })
const ApiKeyPage = z.object({ apiKeys: z.array(ApiKey), nextCursor }).meta({ id: 'ApiKeyPage' })
const { key: _, ...apiKey } = createdApiKey

/** Agents and the keys by which software acts for them. */
export const agentPaths: ZodOpenApiPathsObject = {
  '/api/v1/agents': {
    post: {
      operationId: 'createAgent',
      tags,
      summary: 'Make an agent',
      description: 'Its wallet is made at Circle within seconds; until then the wallet has no address.',
      security: asPerson,
      requestParams: { header: idempotencyKeyHeader },
      requestBody: {
        required: true,
        content: { 'application/json': { schema: CreateAgentInput, example: { name: 'Ada', network: 'base' } } },
      },
      responses: {
        '201': answer('The agent.', Agent, agent, {
          Location: textHeader('Where the agent is read.', `/api/v1/agents/${agent.id}`),
          'Idempotent-Replayed': replayed,
        }),
        ...problems(
          ...jsonBodyRefusals,
          ...idempotencyRefusals,
          ...personRefusals,
          'foreign_origin',
          'invalid_field',
          'unknown_field',
          'name_taken',
          'too_many_agents',
          'network_without_wallets',
          'circle_not_configured',
        ),
      },
    },
    get: {
      operationId: 'listAgents',
      tags,
      summary: 'List agents',
      description:
        'A person’s agents with their wallets, newest first. A key with the scope `read` lists its own agent.',
      security: asEither,
      requestParams: { query: PageInput },
      responses: {
        '200': answer('A page of agents.', AgentPage, { agents: [agent], nextCursor: null }),
        ...problems(...callerRefusals, ...pageRefusals),
      },
    },
  },
  '/api/v1/agents/{id}': {
    get: {
      operationId: 'getAgent',
      tags,
      summary: 'Look at an agent',
      description: 'The agent with its wallets and what they hold. A key needs the scope `read`.',
      security: asEither,
      requestParams: { path: id },
      responses: { '200': answer('The agent.', Agent, agent), ...problems(...callerRefusals, 'not_found') },
    },
    patch: {
      operationId: 'renameAgent',
      tags,
      summary: 'Rename an agent',
      description: 'Gives the agent another name. Payments keep saying which agent they are of.',
      security: asPerson,
      requestParams: { path: id },
      requestBody: {
        required: true,
        content: { 'application/json': { schema: RenameAgentInput, example: { name: 'Ada' } } },
      },
      responses: {
        '200': answer('The agent as it now is.', Agent, agent),
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
  '/api/v1/agents/{id}/freeze': {
    post: {
      operationId: 'freezeAgent',
      tags,
      summary: 'Freeze an agent',
      description:
        'Nothing of it starts to move any more. What waits for an approval or for its turn is cancelled; what is already on its way is not called back. A repeat changes nothing.',
      security: asPerson,
      requestParams: { path: id },
      responses: {
        '200': answer('The agent, frozen.', Agent, { ...agent, frozenAt: '2026-11-21T10:20:00.000Z' }),
        ...problems(...personRefusals, 'foreign_origin', 'not_found'),
      },
    },
    delete: {
      operationId: 'thawAgent',
      tags,
      summary: 'Let a frozen agent pay again',
      description: 'What ended by the freeze stays ended. A repeat changes nothing.',
      security: asPerson,
      requestParams: { path: id },
      responses: {
        '200': answer('The agent, which may pay.', Agent, agent),
        ...problems(...personRefusals, 'foreign_origin', 'not_found'),
      },
    },
  },
  '/api/v1/agents/{id}/api-keys': {
    post: {
      operationId: 'createApiKey',
      tags,
      summary: 'Make an API key',
      description:
        'By which software acts for the agent: it may do what the scopes say, and never approve, nor change guards, contacts or keys. The key is in this answer only; what is stored is its hash.',
      security: asPerson,
      requestParams: { path: id, header: idempotencyKeyHeader },
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: CreateApiKeyInput,
            example: {
              name: 'Shopping assistant',
              scopes: ['read', 'simulate', 'propose', 'cancel'],
              paymentLimit: '25.00',
              expiresAt: '2027-11-21T10:02:00.000Z',
            },
          },
        },
      },
      responses: {
        '201': answer('The key. Keep it.', CreatedApiKey, createdApiKey, { 'Idempotent-Replayed': replayed }),
        ...problems(
          ...jsonBodyRefusals,
          ...idempotencyRefusals,
          ...personRefusals,
          'foreign_origin',
          'not_found',
          'invalid_field',
          'unknown_field',
          'invalid_amount',
          'invalid_expiry',
          'too_many_keys',
        ),
      },
    },
    get: {
      operationId: 'listApiKeys',
      tags,
      summary: 'List an agent’s keys',
      description: 'Newest first, those that ended too. What the keys are is told nowhere.',
      security: asPerson,
      requestParams: { path: id, query: PageInput },
      responses: {
        '200': answer('A page of keys.', ApiKeyPage, { apiKeys: [apiKey], nextCursor: null }),
        ...problems(...personRefusals, 'not_found', ...pageRefusals),
      },
    },
  },
  '/api/v1/api-keys/{id}': {
    delete: {
      operationId: 'revokeApiKey',
      tags,
      summary: 'Revoke an API key',
      description: 'It ends at once and for good. A repeat changes nothing.',
      security: asPerson,
      requestParams: { path: idOf('key', createdApiKey.id) },
      responses: {
        '204': { description: 'It is no key any more.' },
        ...problems(...personRefusals, 'foreign_origin', 'not_found'),
      },
    },
  },
}

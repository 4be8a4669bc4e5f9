import { z } from 'zod'
import type { ZodOpenApiPathsObject } from 'zod-openapi'
import {
  GuardReplay,
  GuardSet,
  GuardTrial,
  PolicyInput,
  PolicyReading,
  ReplayGuardsInput,
  SetGuardsInput,
  TryGuardsInput,
} from '#lib/guards/schema.ts'
import { nextCursor, PageInput } from '#lib/http/page.ts'
import { agent } from '#lib/openapi/agent-examples.ts'
import { answer } from '#lib/openapi/answer.ts'
import {
  guardEdit,
  guardReplay,
  guardSet,
  guardTrial,
  guardTrialRequest,
  policyReading,
} from '#lib/openapi/guard-examples.ts'
import { idOf } from '#lib/openapi/paths/parameters.ts'
import { callerRefusals, jsonBodyRefusals, pageRefusals, personRefusals, problems } from '#lib/openapi/problems.ts'
import { asEither, asPerson } from '#lib/openapi/security.ts'

const tags = ['Guards']
const GuardVersionPage = z.object({ versions: z.array(GuardSet), nextCursor }).meta({ id: 'GuardVersionPage' })
const guardRefusals = [
  ...jsonBodyRefusals,
  ...personRefusals,
  'foreign_origin',
  'not_found',
  'invalid_field',
  'unknown_field',
  'invalid_address',
  'invalid_guards',
] as const

type Whose = {
  path: string
  /** How its operations are named: getAgentGuards, getGuards. */
  noun: string
  /** Whose they are, in a sentence: `of an agent`. */
  of: string
  /** What they hold for, in a sentence: `this agent`. */
  scope: string
  requestParams: { path?: ReturnType<typeof idOf> }
}

function pathsOf({ path, noun, of, scope, requestParams }: Whose): ZodOpenApiPathsObject {
  const body = (schema: z.ZodType, example: unknown) => ({
    required: true,
    content: { 'application/json': { schema, example } },
  })
  return {
    [path]: {
      get: {
        operationId: `get${noun}Guards`,
        tags,
        summary: `Look at the guards ${of}`,
        description: `The rules that hold for ${scope} now. A key with the scope \`read\` reads those that hold for its agent.`,
        security: asEither,
        requestParams,
        responses: { '200': answer('The guards.', GuardSet, guardSet), ...problems(...callerRefusals, 'not_found') },
      },
      put: {
        operationId: `set${noun}Guards`,
        tags,
        summary: `Set the guards ${of}`,
        description: `Sets all of them, in place of those before, as a new version. Only a person may. With \`version\`, only while that one holds. Payments that were proposed before keep what was decided of them.`,
        security: asPerson,
        requestParams,
        requestBody: body(SetGuardsInput, guardEdit),
        responses: {
          '200': answer('The guards as they hold now.', GuardSet, guardSet),
          ...problems(...guardRefusals, 'wrong_state'),
        },
      },
    },
    [`${path}/versions`]: {
      get: {
        operationId: `list${noun}GuardVersions`,
        tags,
        summary: `List every version of the guards ${of}`,
        description: 'Newest first. None is ever edited, so that each verdict of the past can be explained.',
        security: asPerson,
        requestParams: { ...requestParams, query: PageInput },
        responses: {
          '200': answer('A page of versions.', GuardVersionPage, { versions: [guardSet], nextCursor: null }),
          ...problems(...personRefusals, ...pageRefusals, 'not_found'),
        },
      },
    },
    [`${path}/simulation`]: {
      post: {
        operationId: `try${noun}Guards`,
        tags,
        summary: `Try a payment by unsaved guards ${of}`,
        description: `What would become of a payment now if these were the guards of ${scope}, beside what the saved ones make of it. Nothing is saved, proposed or held.`,
        security: asPerson,
        requestParams,
        requestBody: body(TryGuardsInput, guardTrialRequest),
        responses: {
          '200': answer('What would become of it.', GuardTrial, guardTrial),
          ...problems(
            ...guardRefusals,
            'invalid_amount',
            'unknown_recipient',
            'ambiguous_recipient',
            'own_address',
            'lookalike_address',
            'wrong_network',
            'wrong_asset',
            'wrong_state',
          ),
        },
      },
    },
    [`${path}/replay`]: {
      post: {
        operationId: `replay${noun}Guards`,
        tags,
        summary: `Judge past payments by unsaved guards ${of}`,
        description: `What would have become of the latest payments of ${scope} by these guards, and by those that hold. They are judged in their order: one that would have been refused takes nothing from those after it. Nothing is saved or changed.`,
        security: asPerson,
        requestParams,
        requestBody: body(ReplayGuardsInput, { guards: guardEdit.guards, limit: 100 }),
        responses: {
          '200': answer('What would have become of them.', GuardReplay, guardReplay),
          ...problems(...guardRefusals),
        },
      },
    },
  }
}

/** The rules by which payments are decided, of an agent and of everything a person has. */
export const guardPaths: ZodOpenApiPathsObject = {
  ...pathsOf({
    path: '/api/v1/agents/{id}/guards',
    noun: 'Agent',
    of: 'of an agent',
    scope: 'this agent',
    requestParams: { path: idOf('agent', agent.id) },
  }),
  ...pathsOf({
    path: '/api/v1/guards',
    noun: '',
    of: 'of all your wallets',
    scope: 'everything you have',
    requestParams: {},
  }),
  '/api/v1/guards/policy': {
    post: {
      operationId: 'readPolicy',
      tags,
      summary: 'Read a policy into guards',
      description:
        'Turns plain English into guards to look at, and says which words became none. Fixed rules read it, and a language model what those do not understand, where there is one; it may use only amounts and names that stand in your words. Nothing is saved.',
      security: asPerson,
      requestBody: {
        required: true,
        content: {
          'application/json': { schema: PolicyInput, example: { text: 'At most $100 a day, and be nice.' } },
        },
      },
      responses: {
        '200': answer('What was understood.', PolicyReading, policyReading),
        ...problems(...jsonBodyRefusals, ...personRefusals, 'foreign_origin', 'invalid_field', 'unknown_field'),
      },
    },
  },
}

import { z } from 'zod'
import type { ZodOpenApiPathsObject } from 'zod-openapi'
import { nextCursor } from '#lib/http/page.ts'
import { answer } from '#lib/openapi/answer.ts'
import { idOf } from '#lib/openapi/paths/parameters.ts'
import { jsonBodyRefusals, pageRefusals, personRefusals, problems } from '#lib/openapi/problems.ts'
import { endedCall, liveCall } from '#lib/openapi/room-examples.ts'
import { asPerson } from '#lib/openapi/security.ts'
import { BeatCallInput, Call, ListRoomsInput, ReportCallInput } from '#lib/rooms/schema.ts'

const tags = ['Rooms']
const id = idOf('call', liveCall.id)
const CallPage = z.object({ calls: z.array(Call), nextCursor }).meta({ id: 'CallPage' })
const fieldRefusals = [...jsonBodyRefusals, 'foreign_origin', 'invalid_field', 'unknown_field'] as const

/** Two people talking. */
export const callPaths: ZodOpenApiPathsObject = {
  '/api/v1/rooms/calls': {
    get: {
      operationId: 'listCalls',
      tags,
      summary: 'List your calls',
      description: 'The calls you were in and with whom, newest first, by pages.',
      security: asPerson,
      requestParams: { query: ListRoomsInput },
      responses: {
        '200': answer('A page of calls.', CallPage, { calls: [endedCall], nextCursor: null }),
        ...problems(...personRefusals, ...pageRefusals, 'forbidden'),
      },
    },
  },
  '/api/v1/rooms/calls/{id}': {
    get: {
      operationId: 'getCall',
      tags,
      summary: 'Look at a call',
      description: 'A call that you are, or were, in.',
      security: asPerson,
      requestParams: { path: id },
      responses: {
        '200': answer('The call.', Call, liveCall),
        ...problems(...personRefusals, 'forbidden', 'not_found'),
      },
    },
  },
  '/api/v1/rooms/calls/{id}/beat': {
    post: {
      operationId: 'beatCall',
      tags,
      summary: 'Say that you are still in a call',
      description:
        'Every five seconds, and whether you hear and see the other. Once both do, the server’s clock runs and ends the call. Whoever is silent for twenty seconds is lost, and the call ends.',
      security: asPerson,
      requestParams: { path: id },
      requestBody: {
        required: true,
        content: { 'application/json': { schema: BeatCallInput, example: { connected: true } } },
      },
      responses: {
        '200': answer('The call as it now stands.', Call, liveCall),
        ...problems(...personRefusals, ...fieldRefusals, 'forbidden', 'pass_required', 'suspended', 'not_found'),
      },
    },
  },
  '/api/v1/rooms/calls/{id}/leave': {
    post: {
      operationId: 'leaveCall',
      tags,
      summary: 'End a call',
      description: 'It ends for both of you. A call that is over stays as it ended.',
      security: asPerson,
      requestParams: { path: id },
      responses: {
        '200': answer('The call as it ended.', Call, endedCall),
        ...problems(...personRefusals, 'foreign_origin', 'forbidden', 'not_found'),
      },
    },
  },
  '/api/v1/rooms/calls/{id}/report': {
    post: {
      operationId: 'reportCall',
      tags,
      summary: 'Report what the other did',
      description:
        'The call ends, the two of you never meet again, and an operator looks at it with what was written. No picture and no sound is ever kept. Once a call.',
      security: asPerson,
      requestParams: { path: id },
      requestBody: {
        required: true,
        content: {
          'application/json': { schema: ReportCallInput, example: { kind: 'scam', words: 'Asked for money.' } },
        },
      },
      responses: {
        '204': { description: 'It is reported. A repeat changes nothing.' },
        ...problems(...personRefusals, ...fieldRefusals, 'forbidden', 'not_found', 'person_gone'),
      },
    },
  },
}

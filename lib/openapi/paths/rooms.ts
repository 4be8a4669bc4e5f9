import { z } from 'zod'
import type { ZodOpenApiPathsObject } from 'zod-openapi'
import { nextCursor } from '#lib/http/page.ts'
import { answer } from '#lib/openapi/answer.ts'
import { idOf } from '#lib/openapi/paths/parameters.ts'
import { jsonBodyRefusals, pageRefusals, personRefusals, problems } from '#lib/openapi/problems.ts'
import {
  accepted,
  asked,
  block,
  declined,
  pendingInvitation,
  room,
  roomPerson,
  withdrawn,
} from '#lib/openapi/room-examples.ts'
import { asPerson } from '#lib/openapi/security.ts'
import {
  AcceptInvitationInput,
  AnsweredInvitation,
  Block,
  EnterRoomsInput,
  InvitePersonInput,
  ListRoomsInput,
  Room,
  RoomPerson,
} from '#lib/rooms/schema.ts'

const tags = ['Rooms']
const invitationId = idOf('invitation', pendingInvitation.id)
const personId = idOf('person', roomPerson.id)
const PeoplePage = z.object({ people: z.array(RoomPerson), nextCursor }).meta({ id: 'PeoplePage' })
const BlockList = z.object({ blocks: z.array(Block) }).meta({ id: 'BlockList' })
/** What everything behind the paywall can be refused with. */
const memberRefusals = [...personRefusals, 'forbidden', 'pass_required', 'suspended'] as const
const fieldRefusals = [...jsonBodyRefusals, 'foreign_origin', 'invalid_field', 'unknown_field'] as const

/** Who is there, and who asks whom. */
export const roomPaths: ZodOpenApiPathsObject = {
  '/api/v1/rooms': {
    get: {
      operationId: 'readRoom',
      tags,
      summary: 'Look at what concerns you in the rooms',
      description: 'What you asked, what others ask you, and the call you are in, with the server’s clock beside them.',
      security: asPerson,
      responses: { '200': answer('How things stand.', Room, room), ...problems(...memberRefusals) },
    },
  },
  '/api/v1/rooms/presence': {
    put: {
      operationId: 'enterRooms',
      tags,
      summary: 'Be in the rooms',
      description: 'Say it again every ten seconds: whoever has not for half a minute is gone.',
      security: asPerson,
      requestBody: {
        required: true,
        content: { 'application/json': { schema: EnterRoomsInput, example: { camera: true } } },
      },
      responses: {
        '200': answer('How things stand.', Room, room),
        ...problems(...memberRefusals, ...fieldRefusals, 'name_needed'),
      },
    },
    delete: {
      operationId: 'leaveRooms',
      tags,
      summary: 'Leave the rooms',
      description: 'What you asked is withdrawn, and nobody waits for you. A call you are in goes on.',
      security: asPerson,
      responses: {
        '204': { description: 'You are gone.' },
        ...problems(...personRefusals, 'foreign_origin', 'forbidden'),
      },
    },
  },
  '/api/v1/rooms/people': {
    get: {
      operationId: 'listPeople',
      tags,
      summary: 'List who is there',
      description:
        'Whoever is in the rooms and in no call, the last who came first, by pages. Neither of two shows up for the other where one blocks.',
      security: asPerson,
      requestParams: { query: ListRoomsInput },
      responses: {
        '200': answer('A page of people.', PeoplePage, { people: [roomPerson], nextCursor: null }),
        ...problems(...memberRefusals, ...pageRefusals),
      },
    },
  },
  '/api/v1/rooms/invitations': {
    post: {
      operationId: 'invitePerson',
      tags,
      summary: 'Ask somebody to talk',
      description:
        'They have twenty seconds. Asking whoever asks you is accepting, and the call is in the answer. The same again is the same invitation, so that it needs no key.',
      security: asPerson,
      requestBody: {
        required: true,
        content: {
          'application/json': { schema: InvitePersonInput, example: { personId: roomPerson.id, seconds: 300 } },
        },
      },
      responses: {
        '201': answer('The invitation.', AnsweredInvitation, asked),
        ...problems(
          ...memberRefusals,
          ...fieldRefusals,
          'not_in_rooms',
          'in_a_call',
          'person_gone',
          'person_busy',
          'in_cooldown',
          'invitation_out',
        ),
      },
    },
  },
  '/api/v1/rooms/invitations/{id}/acceptance': {
    post: {
      operationId: 'acceptInvitation',
      tags,
      summary: 'Say yes',
      description:
        'Say how long you would like to talk: the call lasts the floor of the average of both wishes. You two have 45 seconds to connect.',
      security: asPerson,
      requestParams: { path: invitationId },
      requestBody: {
        required: true,
        content: { 'application/json': { schema: AcceptInvitationInput, example: { seconds: 180 } } },
      },
      responses: {
        '200': answer('The invitation, and the call that came of it.', AnsweredInvitation, accepted),
        ...problems(...memberRefusals, ...fieldRefusals, 'not_found', 'invitation_over', 'in_a_call', 'person_gone'),
      },
    },
  },
  '/api/v1/rooms/invitations/{id}/decline': {
    post: {
      operationId: 'declineInvitation',
      tags,
      summary: 'Say no',
      description: 'You two leave each other alone for a day.',
      security: asPerson,
      requestParams: { path: invitationId },
      responses: {
        '200': answer('The invitation as it ended.', AnsweredInvitation, declined),
        ...problems(...personRefusals, 'foreign_origin', 'forbidden', 'not_found', 'invitation_over'),
      },
    },
  },
  '/api/v1/rooms/invitations/{id}/withdrawal': {
    post: {
      operationId: 'withdrawInvitation',
      tags,
      summary: 'Take back what you asked',
      description: 'You two leave each other alone for an hour.',
      security: asPerson,
      requestParams: { path: invitationId },
      responses: {
        '200': answer('The invitation as it ended.', AnsweredInvitation, withdrawn),
        ...problems(...personRefusals, 'foreign_origin', 'forbidden', 'not_found', 'invitation_over'),
      },
    },
  },
  '/api/v1/rooms/blocks': {
    get: {
      operationId: 'listBlocks',
      tags,
      summary: 'List whom you block',
      description: 'Whom you never want to meet, the last first.',
      security: asPerson,
      responses: {
        '200': answer('Your blocks.', BlockList, { blocks: [block] }),
        ...problems(...personRefusals, 'forbidden'),
      },
    },
  },
  '/api/v1/rooms/blocks/{id}': {
    put: {
      operationId: 'blockPerson',
      tags,
      summary: 'Block somebody',
      description: 'You two never meet again. What is between you ends, and they are not told.',
      security: asPerson,
      requestParams: { path: personId },
      responses: {
        '204': { description: 'They are blocked. A repeat changes nothing.' },
        ...problems(...personRefusals, 'foreign_origin', 'forbidden', 'not_found', 'invalid_field'),
      },
    },
    delete: {
      operationId: 'unblockPerson',
      tags,
      summary: 'Unblock somebody',
      description: 'You two may meet again.',
      security: asPerson,
      requestParams: { path: personId },
      responses: {
        '204': { description: 'They are not blocked.' },
        ...problems(...personRefusals, 'foreign_origin', 'forbidden', 'not_found'),
      },
    },
  },
}

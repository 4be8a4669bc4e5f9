import { z } from 'zod'
import { PageInput } from '#lib/http/page.ts'

const instant = (description: string) => z.iso.datetime().meta({ description })

const seconds = z
  .int('is a whole number of seconds')
  .min(60, 'is at least 60')
  .max(1800, 'is at most 1800')
  .meta({ description: 'How long you would like to talk, in seconds.', example: 300 })

/** PUT /rooms/presence */
export const EnterRoomsInput = z.strictObject({
  camera: z.boolean('is true or false').meta({ description: 'Whether your camera is on.', example: true }),
})
export type EnterRoomsInput = z.input<typeof EnterRoomsInput>

/** POST /rooms/invitations */
export const InvitePersonInput = z.strictObject({
  personId: z.uuid('is the id of a person who is there').meta({
    description: 'Whom you ask, as the list of people names them.',
    example: '0197b3a1-aaaa-7d4e-8f50-6a7b8c9d0e1f',
  }),
  seconds,
})
export type InvitePersonInput = z.input<typeof InvitePersonInput>

/** POST /rooms/invitations/:id/acceptance */
export const AcceptInvitationInput = z.strictObject({ seconds })
export type AcceptInvitationInput = z.input<typeof AcceptInvitationInput>

/** POST /rooms/calls/:id/beat */
export const BeatCallInput = z.strictObject({
  connected: z
    .boolean('is true or false')
    .meta({ description: 'Whether you hear and see the other. Once both said so, the clock runs.', example: true }),
})
export type BeatCallInput = z.input<typeof BeatCallInput>

const reportKinds = ['nudity', 'harassment', 'hate', 'minor', 'scam', 'other'] as const

/** POST /rooms/calls/:id/report */
export const ReportCallInput = z.strictObject({
  kind: z
    .enum(reportKinds, { error: `is one of ${reportKinds.join(', ')}` })
    .meta({ description: 'What it was.', example: 'harassment' }),
  words: z
    .string('is a text')
    .trim()
    .max(1000, 'has at most 1000 characters')
    .default('')
    .meta({ description: 'What happened, in your own words.', example: 'Asked for money.' }),
})
export type ReportCallInput = z.input<typeof ReportCallInput>

export const ListRoomsInput = PageInput

export const RoomPerson = z
  .object({
    id: z.uuid(),
    name: z.string().meta({ example: 'Bo' }),
    camera: z.boolean().meta({ description: 'Whether their camera is on.' }),
    since: instant('When they came.'),
    cooldownUntil: instant('Until when the two of you leave each other alone; null when you need not.').nullable(),
  })
  .meta({ id: 'RoomPerson' })
export type RoomPerson = z.infer<typeof RoomPerson>

const party = z.object({
  id: z.uuid().nullable().meta({ description: 'null once they deleted their account.' }),
  name: z.string().nullable(),
})

const invitationStatuses = ['pending', 'accepted', 'declined', 'withdrawn', 'missed', 'void'] as const

export const Invitation = z
  .object({
    id: z.uuid(),
    status: z.enum(invitationStatuses).meta({
      description:
        'missed: its time passed. void: one of the two was gone or in a call by then. All but pending are final.',
    }),
    seconds: z.int().meta({ description: 'How long the one who asks would like to talk.' }),
    answeredSeconds: z
      .int()
      .nullable()
      .meta({ description: 'How long the other would like to; null until they accept.' }),
    inviter: party,
    invitee: party,
    deadline: instant('Until when it can be answered, by the server’s clock.'),
    createdAt: instant('When it was asked.'),
    endedAt: instant('When it was answered, withdrawn or over; null until then.').nullable(),
    callId: z.uuid().nullable().meta({ description: 'The call that came of it.' }),
  })
  .meta({ id: 'Invitation' })
export type Invitation = z.infer<typeof Invitation>

const callEnds = ['time', 'left', 'never_connected', 'lost', 'reported', 'suspended', 'pass_ended'] as const

export const Call = z
  .object({
    id: z.uuid(),
    status: z
      .enum(['connecting', 'live', 'ended'])
      .meta({ description: 'live once both are connected. ended is final.' }),
    seconds: z.int().meta({ description: 'How long it lasts: the floor of the average of both wishes.' }),
    connectBy: instant('Until when both are connected, or it ends.'),
    startedAt: instant('When both were connected; null until then.').nullable(),
    endsAt: instant('When the server ends it; null until both are connected.').nullable(),
    endedAt: instant('When it ended; null until then.').nullable(),
    endReason: z.enum(callEnds).nullable().meta({ description: 'Why it ended; null until then.' }),
    createdAt: instant('When it was agreed.'),
    polite: z.boolean().meta({ description: 'Your role in perfect negotiation: the polite one gives way.' }),
    connected: z.boolean().meta({ description: 'Whether you said that you hear and see the other.' }),
    partner: party.extend({ connected: z.boolean() }),
  })
  .meta({ id: 'Call' })
export type Call = z.infer<typeof Call>

/** What an invitation came to. */
export const AnsweredInvitation = z
  .object({
    invitation: Invitation,
    call: Call.nullable().meta({ description: 'The call that came of it; null while none did.' }),
  })
  .meta({ id: 'AnsweredInvitation' })
export type AnsweredInvitation = z.infer<typeof AnsweredInvitation>

/** GET /rooms */
export const Room = z
  .object({
    now: instant('The server’s clock, to which deadlines and ends are to be held.'),
    present: z.boolean().meta({ description: 'Whether you are in the rooms.' }),
    sent: Invitation.nullable().meta({ description: 'What you asked and what waits for its answer.' }),
    received: z.array(Invitation).meta({ description: 'What others ask you, the most urgent first.' }),
    call: Call.nullable().meta({ description: 'The call you are in.' }),
  })
  .meta({ id: 'Room' })
export type Room = z.infer<typeof Room>

export const Block = z
  .object({ id: z.uuid(), name: z.string().nullable(), at: instant('Since when.') })
  .meta({ id: 'Block' })
export type Block = z.infer<typeof Block>

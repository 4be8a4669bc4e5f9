import { z } from 'zod'
import { line } from '#lib/http/line.ts'

const instant = (description: string) => z.iso.datetime().meta({ description })

export const InviteCode = z
  .object({
    id: z.uuid(),
    status: z.enum(['open', 'exhausted', 'expired', 'revoked']).meta({
      description: 'open lets somebody in. revoked: by you, or what paid for it was taken back.',
    }),
    code: z.string().meta({ description: 'What a friend enters.', example: '5ZK1W7Q0J9T3V8XN2M4RBCDEFG' }),
    url: z.url().meta({ description: 'The page on which a friend uses it: what its QR code says.' }),
    passId: z.uuid().nullable().meta({ description: 'The pass that it came with; null for an operator’s.' }),
    note: z.string().meta({ description: 'What an operator made it for.' }),
    uses: z.number().int().meta({ description: 'How many it has let in.' }),
    maxUses: z.number().int().meta({ description: 'How many it lets in, each of them once.' }),
    expiresAt: instant('Until when it lets somebody in.'),
    revokedAt: instant('When it was revoked by hand; null while it was not.').nullable(),
    createdAt: instant('When it was made.'),
    redemptions: z
      .array(
        z.object({
          name: z.string().nullable().meta({ description: 'By what name they are met; null while they have none.' }),
          at: instant('When they came in.'),
        }),
      )
      .meta({ description: 'Who came in by it, oldest first.' }),
  })
  .meta({ id: 'InviteCode' })
export type InviteCode = z.infer<typeof InviteCode>

export const OwnCodes = z
  .object({
    codes: z.array(InviteCode).meta({ description: 'The codes that came with your passes, newest first.' }),
    callsCounted: z.number().int().nullable().meta({
      description: 'How many of your calls count towards a code of your own; null unless you came in by a code.',
    }),
    callsNeeded: z.number().int().meta({ description: 'How many have to count.' }),
  })
  .meta({ id: 'OwnCodes' })
export type OwnCodes = z.infer<typeof OwnCodes>

/** POST /codes/redemptions */
export const RedeemCodeInput = z.strictObject({
  code: z.string('is a code').max(100, 'is a code of 26 digits').meta({
    description: 'A friend’s code, in either case, with or without spaces.',
    example: '5ZK1W7Q0J9T3V8XN2M4RBCDEFG',
  }),
})
export type RedeemCodeInput = z.input<typeof RedeemCodeInput>

/** POST /codes/issued */
export const CreateCodeInput = z.strictObject({
  maxUses: z.int('is a whole number').meta({ description: 'How many people it lets in: 1 to 100.', example: 20 }),
  expiresAt: z.iso.datetime({ offset: true, error: 'is a time, such as "2026-12-24T18:00:00Z"' }).meta({
    description: 'When it ends: within a year.',
    example: '2026-12-24T18:00:00Z',
  }),
  note: line(140).meta({
    description: 'What it is for. Operators read it.',
    example: 'Opening night',
    override: { type: 'string', minLength: 1, maxLength: 140 },
  }),
})
export type CreateCodeInput = z.input<typeof CreateCodeInput>
